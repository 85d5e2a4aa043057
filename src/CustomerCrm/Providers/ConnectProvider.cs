using System.ComponentModel.DataAnnotations;
using CustomerCrm.Customers.Contacting;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.OpenApi.Shapes;
using CustomerCrm.Platform.Outbound;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CustomerCrm.Providers;

/// <summary>POST /providers: the tenant's own account for a channel.</summary>
public static class ConnectProvider
{
    /// <example>{"kind":"sendgrid","from":"shop@example.com","from_name":"The Tea Shop","api_key":"SG.example","test_recipients":["ops@example.com"]}</example>
    public sealed record Request : IValidatableObject
    {
        [Required] public ProviderKind? Kind { get; init; }

        /// <summary>The sender: an e-mail address; for <c>twilio</c> a number in E.164 or a name.</summary>
        /// <example>shop@example.com</example>
        [StringLength(254, MinimumLength = 1)] public string? From { get; init; }

        /// <example>The Tea Shop</example>
        [StringLength(200, MinimumLength = 1)] public string? FromName { get; init; }

        /// <summary>For <c>sendgrid</c>, and needed there. It is sealed, and no answer ever shows it.</summary>
        /// <example>SG.example</example>
        [WriteOnly, StringLength(500, MinimumLength = 1), RegularExpression(ProviderForms.Visible)] public string? ApiKey { get; init; }

        /// <summary>For <c>sendgrid</c>: the verification key that its settings of the event webhook show. Without it no event is believed.</summary>
        [StringLength(500, MinimumLength = 1)] public string? EventWebhookPublicKey { get; init; }

        /// <summary>For <c>smtp</c>: the mail server. It must be on the public Internet.</summary>
        [StringLength(253, MinimumLength = 1)] public string? Host { get; init; }

        /// <summary>For <c>smtp</c>: 25, 465, 587 (if nothing is said) or 2525.</summary>
        [AllowedValues(25, 465, 587, 2525, ErrorMessage = ProviderForms.Ports)] public int? Port { get; init; }

        /// <summary>For <c>smtp</c>: <c>tls</c> on port 465, <c>start_tls</c> elsewhere, if nothing is said. <c>none</c> is refused.</summary>
        public SmtpSecurity? Security { get; init; }

        /// <summary>For <c>smtp</c>: who signs in; without it nobody does.</summary>
        [StringLength(254, MinimumLength = 1)] public string? UserName { get; init; }

        /// <summary>For <c>smtp</c>. It is sealed, and no answer ever shows it.</summary>
        [WriteOnly, StringLength(500, MinimumLength = 1)] public string? Password { get; init; }

        /// <summary>For <c>twilio</c>, and needed there.</summary>
        /// <example>AC00000000000000000000000000000000</example>
        [StringLength(34), RegularExpression("^AC[0-9a-fA-F]{32}$")] public string? AccountSid { get; init; }

        /// <summary>For <c>twilio</c>, and needed there: it signs Twilio's callbacks, too. It is sealed, and no answer ever shows it.</summary>
        [WriteOnly, StringLength(500, MinimumLength = 1), RegularExpression(ProviderForms.Visible)] public string? AuthToken { get; init; }

        /// <summary>For <c>twilio</c>: a service that chooses the sender, instead of <see cref="From"/>.</summary>
        [StringLength(34), RegularExpression("^MG[0-9a-fA-F]{32}$")] public string? MessagingServiceSid { get; init; }

        /// <summary>For <c>twilio</c>: false where its own handling of STOP, START and HELP is off, so that we answer them.</summary>
        public bool AnswersKeywords { get; init; } = true;

        /// <summary>Where tests may go beside the address of who asks for one.</summary>
        [MaxLength(10)] public IReadOnlyList<string>? TestRecipients { get; init; }

        public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => ProviderForms.CheckSecret(Kind!.Value, ApiKey, Password, AuthToken, isNeeded: true, UserName);
    }

    internal static async Task<Created<Provider>> Handle(Request request, ProviderWriter writer, TimeProvider clock, CancellationToken ct)
    {
        var (kind, now, secret) = (request.Kind!.Value, clock.GetUtcNow(), request.ApiKey ?? request.Password ?? request.AuthToken);
        var isSmtp = kind == ProviderKind.Smtp;
        var port = request.Port ?? (isSmtp ? 587 : null);
        var provider = await writer.AddAsync(new Provider
        {
            Id = Id<Provider>.New(),
            Channel = kind == ProviderKind.Twilio ? MessageChannel.Sms : MessageChannel.Email,
            Kind = kind,
            From = request.From?.Trim(),
            FromName = request.FromName,
            Host = request.Host?.Trim().ToLowerInvariant(),
            Port = port,
            Security = request.Security ?? (isSmtp ? port == 465 ? SmtpSecurity.Tls : SmtpSecurity.StartTls : null),
            UserName = request.UserName,
            AccountSid = request.AccountSid,
            MessagingServiceSid = request.MessagingServiceSid,
            EventWebhookPublicKey = request.EventWebhookPublicKey,
            AnswersKeywords = request.AnswersKeywords,
            TestRecipients = request.TestRecipients ?? [],
            HasSecret = secret is not null,
            Revision = 1,
            CreatedAt = now,
            UpdatedAt = now,
        }, secret, ct);
        return TypedResults.Created($"/v1/providers/{provider.Id}", provider);
    }
}
