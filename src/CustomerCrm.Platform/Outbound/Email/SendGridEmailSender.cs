using System.Net.Http.Headers;
using System.Text.Json;
using CustomerCrm.Platform.Mime;
using CustomerCrm.Platform.Outbound.Http;
using CustomerCrm.Platform.Outbound.Pipeline;

namespace CustomerCrm.Platform.Outbound.Email;

/// <summary>
/// Through SendGrid's API, version 3, or one that is like it. It has no idempotency key; our dedupe id goes along as a custom argument, which each
/// event of its webhook brings back, and a repeat has the same <c>Message-ID</c>.
/// </summary>
internal sealed class SendGridEmailSender(SendGridAccount account, string baseUrl, ProviderHttp http, OutboundPipeline pipeline) : IEmailSender
{
    public const string Name = "sendgrid", DedupeArgument = "dedupe_id", TokenArgument = "crm_token";
    private const int Accepted = 202;

    private readonly Uri url = new($"{baseUrl.TrimEnd('/')}/v3/mail/send");

    public string Provider => Name;

    public Task<SendOutcome> SendAsync(EmailMessage message, CancellationToken ct)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(BodyOf(message));
        var key = new AuthenticationHeaderValue("Bearer", account.ApiKey);
        return pipeline.RunAsync(token => http.PostAsync(url, new MarkedContent(body, "application/json"), key, Judge, token), ct);
    }

    internal static Attempt Judge(ProviderAnswer answer) => answer.Status == Accepted
        ? new(SendOutcome.Accepted(IdOf(answer.MessageId)), AttemptEnd.Answered)
        : SendClassification.OfStatus(answer.Status, answer.RetryAfter);

    private Dictionary<string, object> BodyOf(EmailMessage message)
    {
        var headers = message.Headers.Where(h => HeaderText.IsName(h.Key)).ToDictionary(h => h.Key, h => HeaderText.OneLine(h.Value));
        headers["Message-ID"] = $"<{HeaderText.OneLine(message.MessageId)}>";
        var body = new Dictionary<string, object>
        {
            ["personalizations"] = new object[]
            {
                new Dictionary<string, object>
                {
                    ["to"] = new[] { Address(message.To, message.ToName) },
                    ["custom_args"] = ArgumentsOf(message),
                },
            },
            ["from"] = Address(message.From ?? account.From, message.FromName ?? account.FromName),
            ["subject"] = HeaderText.OneLine(message.Subject),
            ["content"] = Contents(message), // plain text must come first
            ["headers"] = headers,
        };
        if (message.Files.Count > 0)
            body["attachments"] = message.Files.Select(file => new Dictionary<string, string>
            {
                ["content"] = Convert.ToBase64String(file.Content.Span), ["type"] = file.MediaType, ["filename"] = HeaderText.OneLine(file.Name), ["disposition"] = "attachment",
            }).ToArray();
        if (message.ReplyTo is { } replyTo) body["reply_to"] = Address(replyTo, null);
        return body;
    }

    private Dictionary<string, string> ArgumentsOf(EmailMessage message)
    {
        var arguments = new Dictionary<string, string> { [DedupeArgument] = message.DedupeId };
        if (account.EventToken is { } token) arguments[TokenArgument] = token;
        return arguments;
    }

    private static object[] Contents(EmailMessage message)
    {
        var text = new { type = "text/plain", value = message.Text.Length > 0 ? message.Text : " " };
        return message.Html is { Length: > 0 } html ? [text, new { type = "text/html", value = html }] : [text];
    }

    private static Dictionary<string, string> Address(string email, string? name)
    {
        var address = new Dictionary<string, string> { ["email"] = email };
        if (!string.IsNullOrWhiteSpace(name)) address["name"] = HeaderText.OneLine(name);
        return address;
    }

    // It is stored and shown, so: nothing but what such ids are made of.
    private static string? IdOf(string? sent) => sent is { Length: > 0 and <= 100 } && sent.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') ? sent : null;
}
