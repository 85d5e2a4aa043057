using CustomerCrm.Platform.Outbound;
using CustomerCrm.Platform.Outbound.Email;
using CustomerCrm.Platform.Outbound.Http;
using CustomerCrm.Platform.Outbound.Pipeline;
using CustomerCrm.Platform.Outbound.Sms;

namespace CustomerCrm.Tests.Outbound;

/// <summary>Senders whose patience is short, at a provider of the test's own.</summary>
internal sealed class SendBench : IAsyncDisposable
{
    public static readonly SendTimes Times = new() { Attempt = TimeSpan.FromSeconds(0.6), Deadline = TimeSpan.FromSeconds(6), Retries = 2, LongestWait = TimeSpan.FromSeconds(1), BreakAfter = 100 };

    private readonly ProviderHttp http = new(TimeProvider.System);

    private SendBench(StubProvider stub) => Stub = stub;

    public StubProvider Stub { get; }
    public string Key { get; } = $"SG.{Guid.NewGuid():N}";
    public string AccountSid { get; } = $"AC{Guid.NewGuid():N}";

    public static EmailMessage Letter { get; } = new()
    {
        To = "ada@example.com", ToName = "Ada Byron", Subject = "Your order", Text = "It is on its way.", Html = "<p>It is on its way.</p>", MessageId = "msg_1@shop.example", DedupeId = "msg_1",
        Headers = new Dictionary<string, string> { ["List-Unsubscribe"] = "<https://shop.example/unsubscribe/x>" },
    };

    public static SmsMessage Text { get; } = new() { To = "+4915112345678", Body = "It is on its way.", DedupeId = "msg_1" };

    public static async Task<SendBench> StartAsync() => new(await StubProvider.StartAsync());

    public IEmailSender Email(string? url = null, SendTimes? times = null) => new SendGridEmailSender(new SendGridAccount { ApiKey = Key, From = "shop@example.com", FromName = "The Tea Shop" }, url ?? Stub.Url, http, PipelineOf("sendgrid", times));

    public ISmsSender Sms(string? url = null, SendTimes? times = null) => new TwilioSmsSender(
        new TwilioAccount { AccountSid = AccountSid, AuthToken = "token", From = "+15005550006", StatusCallback = "https://crm.example/callbacks/twilio/status/x" }, url ?? Stub.Url, http, PipelineOf("twilio", times));

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await Stub.DisposeAsync();
    }

    private static OutboundPipeline PipelineOf(string provider, SendTimes? times) => new(provider, times ?? Times, TimeProvider.System);
}
