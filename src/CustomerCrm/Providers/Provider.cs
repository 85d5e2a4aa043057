using System.Text.Json;
using CustomerCrm.Customers.Contacting;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Outbound;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Providers;

/// <summary>The account through which a tenant sends on one channel. What opens it is kept sealed and never shown.</summary>
public sealed record Provider : IHasId, IVersioned
{
    public static string Prefix => "prv";

    public required Id<Provider> Id { get; init; }
    public required MessageChannel Channel { get; init; }
    public required ProviderKind Kind { get; init; }

    /// <summary>The sender of what names none: an e-mail address; a number in E.164 or a name for text messages.</summary>
    public string? From { get; init; }

    /// <summary>Whose name stands beside the address.</summary>
    public string? FromName { get; init; }

    /// <summary>Of <c>smtp</c>: the mail server.</summary>
    public string? Host { get; init; }

    public int? Port { get; init; }
    public SmtpSecurity? Security { get; init; }
    public string? UserName { get; init; }

    /// <summary>Of <c>twilio</c>: the account.</summary>
    public string? AccountSid { get; init; }

    /// <summary>Of <c>twilio</c>: the service that chooses the sender, where <c>from</c> says none.</summary>
    public string? MessagingServiceSid { get; init; }

    /// <summary>Of <c>sendgrid</c>: the verification key of its event webhook; without it no event is believed.</summary>
    public string? EventWebhookPublicKey { get; init; }

    /// <summary>Of <c>twilio</c>: Twilio itself answers STOP, START and HELP, so we do not. What was said is obeyed either way.</summary>
    public required bool AnswersKeywords { get; init; }

    /// <summary>Where tests may go beside the address of who asks for one.</summary>
    public IReadOnlyList<string> TestRecipients { get; init; } = [];

    /// <summary>An API key, a password or an auth token is there.</summary>
    public required bool HasSecret { get; init; }

    public required int Revision { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    internal string? TestRecipientsText { init => TestRecipients = value is null ? [] : JsonSerializer.Deserialize<string[]>(value)!; }

    public bool Equals(Provider? other) => other is not null && ToString() == other.ToString() && TestRecipients.SequenceEqual(other.TestRecipients);

    public override int GetHashCode() => Id.GetHashCode();

    /// <exception cref="ApiProblem">404: there is none.</exception>
    internal static async Task<Provider> FindAsync(Id<Provider> providerId, TenantDb db, CancellationToken ct) =>
        await db.FindAsync<Provider>(ById, new { ProviderId = providerId }, ct) ?? throw ApiProblem.NotFound("provider");

    internal static readonly TenantSql Matching = TenantSql.Of("""
        SELECT p.Id, p.Channel, p.Kind, p.FromAddress AS "From", p.FromName, p.Host, p.Port, p.Security, p.UserName, p.AccountSid, p.MessagingServiceSid,
            p.PublicKey AS EventWebhookPublicKey, p.AnswersKeywords, p.TestRecipients AS TestRecipientsText,
            CAST(CASE WHEN p.Secret IS NULL THEN 0 ELSE 1 END AS BIT) AS HasSecret, p.Revision, p.CreatedAt, p.UpdatedAt
        FROM Providers p
        WHERE p.TenantId = @TenantId
        """);

    internal static readonly TenantSql ById = Matching.Then("AND p.Id = @ProviderId");

    internal static readonly TenantSql ByChannel = Matching.Then("AND p.Channel = @Channel");
}

/// <summary>What kind of account. The numbers are stored.</summary>
public enum ProviderKind
{
    /// <summary>E-mail through SendGrid's API, or one that is like it.</summary>
    [System.Text.Json.Serialization.JsonStringEnumMemberName("sendgrid")]
    SendGrid = 1,

    /// <summary>E-mail through a mail server.</summary>
    Smtp = 2,

    /// <summary>Text messages through Twilio's API.</summary>
    Twilio = 3,
}
