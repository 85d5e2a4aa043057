using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.OpenApi.Shapes;
using CustomerCrm.Platform.Outbound;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Platform.Validation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Providers;

/// <summary>PATCH /providers/{provider_id}. Its kind stays.</summary>
public static class ChangeProvider
{
    /// <example>{"from_name":"The Tea Shop"}</example>
    public sealed record Request
    {
        [StringLength(254, MinimumLength = 1)] public Change<string> From { get; init; }
        [StringLength(200, MinimumLength = 1)] public Change<string> FromName { get; init; }

        /// <summary>A new one, for <c>sendgrid</c>. It is sealed, and no answer ever shows it.</summary>
        /// <example>SG.example</example>
        [Required, WriteOnly, StringLength(500, MinimumLength = 1), RegularExpression(ProviderForms.Visible)] public Change<string> ApiKey { get; init; }

        [StringLength(500, MinimumLength = 1)] public Change<string> EventWebhookPublicKey { get; init; }

        /// <summary>Another server is told no password that was meant for this one: send <c>password</c> again.</summary>
        [StringLength(253, MinimumLength = 1)] public Change<string> Host { get; init; }

        [AllowedValues(25, 465, 587, 2525, ErrorMessage = ProviderForms.Ports)] public Change<int?> Port { get; init; }
        public Change<SmtpSecurity?> Security { get; init; }
        [StringLength(254, MinimumLength = 1)] public Change<string> UserName { get; init; }

        /// <summary>A new one, for <c>smtp</c>. It is sealed, and no answer ever shows it.</summary>
        [Required, WriteOnly, StringLength(500, MinimumLength = 1)] public Change<string> Password { get; init; }

        /// <summary>Another account has another token: send <c>auth_token</c>, too.</summary>
        /// <example>AC00000000000000000000000000000000</example>
        [StringLength(34), RegularExpression("^AC[0-9a-fA-F]{32}$")] public Change<string> AccountSid { get; init; }

        /// <summary>A new one, for <c>twilio</c>. It is sealed, and no answer ever shows it.</summary>
        [Required, WriteOnly, StringLength(500, MinimumLength = 1), RegularExpression(ProviderForms.Visible)] public Change<string> AuthToken { get; init; }

        [StringLength(34), RegularExpression("^MG[0-9a-fA-F]{32}$")] public Change<string> MessagingServiceSid { get; init; }
        [Required] public Change<bool> AnswersKeywords { get; init; }

        /// <summary>All of them.</summary>
        [MaxLength(10)] public Change<IReadOnlyList<string>> TestRecipients { get; init; }
    }

    internal static async Task<Provider> Handle([FromRoute(Name = "provider_id")] Id<Provider> providerId, Request request, IfMatch ifMatch, TenantDb db, ProviderWriter writer, TimeProvider clock, CancellationToken ct)
    {
        var current = await Provider.FindAsync(providerId, db, ct);
        ifMatch.Check(current.Revision);
        var secret = SecretOf(request, current);
        var wanted = current with
        {
            From = request.From.Or(current.From)?.Trim(),
            FromName = request.FromName.Or(current.FromName),
            EventWebhookPublicKey = request.EventWebhookPublicKey.Or(current.EventWebhookPublicKey),
            Host = request.Host.Or(current.Host)?.Trim().ToLowerInvariant(),
            Port = request.Port.Or(current.Port) ?? (current.Kind == ProviderKind.Smtp ? 587 : null),
            Security = request.Security.Or(current.Security) ?? (current.Kind == ProviderKind.Smtp ? SmtpSecurity.StartTls : null),
            UserName = request.UserName.Or(current.UserName),
            AccountSid = request.AccountSid.Or(current.AccountSid),
            MessagingServiceSid = request.MessagingServiceSid.Or(current.MessagingServiceSid),
            AnswersKeywords = request.AnswersKeywords.Or(current.AnswersKeywords),
            TestRecipients = request.TestRecipients.Or(current.TestRecipients) ?? [],
            HasSecret = current.HasSecret || secret is not null,
        };
        if (secret is null && current.HasSecret && LeadsElsewhere(current, wanted) is { } member)
            throw ApiProblem.Invalid(member, "secret_needed", "The secret that is kept was given for another account; send it again with this change.");
        if (secret is null && wanted.Equals(current)) return current;
        return await writer.ChangeAsync(current, wanted with { UpdatedAt = clock.GetUtcNow() }, secret, ct);
    }

    internal static async Task<NoContent> Remove([FromRoute(Name = "provider_id")] Id<Provider> providerId, IfMatch ifMatch, TenantDb db, ProviderWriter writer, CancellationToken ct)
    {
        var current = await Provider.FindAsync(providerId, db, ct);
        ifMatch.Check(current.Revision);
        await writer.RemoveAsync(current, ct);
        return TypedResults.NoContent();
    }

    // Else whoever may change an account, and not know its password, could have it sent to a server of theirs.
    private static string? LeadsElsewhere(Provider current, Provider wanted) =>
        current.Host != wanted.Host ? "/host"
        : current.Port != wanted.Port ? "/port"
        : current.UserName != wanted.UserName ? "/user_name"
        : current.AccountSid != wanted.AccountSid ? "/account_sid"
        : null;

    private static string? SecretOf(Request request, Provider current)
    {
        var wrong = ProviderForms.CheckSecret(current.Kind, request.ApiKey.Value, request.Password.Value, request.AuthToken.Value, isNeeded: false, null)
            .OfType<BrokenRule>().Select(r => new FieldError($"/{JsonNamingPolicy.SnakeCaseLower.ConvertName(r.MemberNames.First())}", r.Code, r.ErrorMessage!)).ToList();
        return wrong.Count > 0 ? throw ApiProblem.Invalid(wrong) : request.ApiKey.Value ?? request.Password.Value ?? request.AuthToken.Value;
    }
}
