using System.Net.Http.Headers;
using System.Text;
using CustomerCrm.Platform.Outbound;
using CustomerCrm.Platform.Outbound.Web;
using Microsoft.Extensions.Options;

namespace CustomerCrm.Conversations.Media;

/// <summary>What came of asking for a file.</summary>
/// <param name="Content">The file, whole; null: there is none.</param>
/// <param name="Reason">Why there is none.</param>
/// <param name="IsFinal">Asking again brings nothing else.</param>
internal sealed record MediaAnswer(byte[]? Content, string? Reason, bool IsFinal);

/// <summary>
/// Fetches a file from where a provider says it is, through the guard against one's own network, at each step of the way anew: Twilio answers with the address of
/// its store. The account's secret goes to the provider's own host and to nobody else.
/// </summary>
internal sealed class MediaCall(GuardedHttp http, IProviderAccounts accounts, IOptions<ProviderOptions> options)
{
    /// <summary>As much as carriers let through.</summary>
    public const int MostBytes = 5 << 20;

    private const int MostSteps = 4;
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(30);

    public async Task<MediaAnswer> FetchAsync(string url, CancellationToken ct)
    {
        for (var step = 0; step < MostSteps; step++)
        {
            if (!Uri.TryCreate(url, UriKind.Absolute, out var uri)) return new MediaAnswer(null, "url_invalid", IsFinal: true);
            WebAnswer answer;
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, uri);
                if (await SecretForAsync(uri, ct) is { } secret) request.Headers.Authorization = secret;
                answer = await http.SendAsync(request, MostBytes + 1, patience, ct);
            }
            catch (WebCallException failed)
            {
                return new MediaAnswer(null, failed.Code, IsFinal: failed.Code is "url_invalid" or "https_required" or "user_info_not_allowed" or "port_not_allowed" or "own_host" or "internal_address");
            }
            if (answer.Status is 301 or 302 or 303 or 307 or 308 && answer.Location is { } next) url = new Uri(uri, next).ToString();
            else return Of(answer);
        }
        return new MediaAnswer(null, "too_many_redirects", IsFinal: true);
    }

    private static MediaAnswer Of(WebAnswer answer) => answer switch
    {
        { Status: 404 or 410 } => new MediaAnswer(null, "gone", IsFinal: true),
        { Status: not 200 } => new MediaAnswer(null, $"status_{answer.Status}", IsFinal: false),
        { Start.Length: > MostBytes } => new MediaAnswer(null, "too_large", IsFinal: true),
        { IsWhole: false } => new MediaAnswer(null, "connection_reset", IsFinal: false),
        _ => new MediaAnswer(answer.Start, null, IsFinal: true),
    };

    private async Task<AuthenticationHeaderValue?> SecretForAsync(Uri uri, CancellationToken ct) =>
        uri.Authority == new Uri(options.Value.Twilio.BaseUrl).Authority && await accounts.SmsAsync(ct) is TwilioAccount account
            ? new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{account.AccountSid}:{account.AuthToken}")))
            : null;
}
