using System.ComponentModel.DataAnnotations;
using CustomerCrm.Customers.Contacting;
using CustomerCrm.Customers.Identities.Forms;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Providers.Tests;

/// <summary>POST and GET /providers/{provider_id}/tests: not a way to write to anybody, only to oneself and to whom the account lists.</summary>
public static class StartProviderTest
{
    private static readonly TimeSpan kept = TimeSpan.FromDays(30);

    public sealed record Request
    {
        /// <summary>One of the account's <c>test_recipients</c>; the e-mail address of who is signed in, if nothing is said.</summary>
        [StringLength(254, MinimumLength = 1)] public string? To { get; init; }
    }

    internal static async Task<Accepted<ProviderTest>> Handle([FromRoute(Name = "provider_id")] Id<Provider> providerId, Request request, Caller caller, TenantDb db, JobQueue jobs, TimeProvider clock, CancellationToken ct)
    {
        var provider = await Provider.FindAsync(providerId, db, ct);
        var test = new ProviderTest
        {
            Id = Id<ProviderTest>.New(),
            ProviderId = providerId,
            To = RecipientOf(request.To, provider, caller),
            Status = ProviderTestStatus.Queued,
            CreatedAt = clock.GetUtcNow(),
        };
        await db.ExecuteAsync(Forget, new { ProviderId = providerId, Before = test.CreatedAt - kept }, ct);
        await db.ExecuteAsync(Insert, new { test.Id, test.ProviderId, test.To, test.Status, test.CreatedAt }, ct);
        await jobs.EnqueueAsync(new SendProviderTest(providerId, test.Id), ct);
        return TypedResults.Accepted($"/v1/providers/{providerId}/tests/{test.Id}", test);
    }

    internal static async Task<ProviderTest> Show([FromRoute(Name = "provider_id")] Id<Provider> providerId, [FromRoute(Name = "provider_test_id")] Id<ProviderTest> testId, TenantDb db, CancellationToken ct) =>
        await db.FindAsync<ProviderTest>(ProviderTest.ById, new { ProviderId = providerId, ProviderTestId = testId }, ct) ?? throw ApiProblem.NotFound("provider test");

    private static string RecipientOf(string? to, Provider provider, Caller caller)
    {
        var own = provider.Channel == MessageChannel.Email ? caller.User?.Email : null;
        if (to is null) return own ?? throw ApiProblem.Invalid("/to", "required", "Say one of test_recipients: there is no address of yours for this channel.");
        var listed = provider.TestRecipients.Append(own).OfType<string>().FirstOrDefault(known => KeyOf(known, provider.Channel) == KeyOf(to, provider.Channel));
        return listed ?? throw ApiProblem.Invalid("/to", "recipient_not_listed", "Tests go to the account's test_recipients and to the address of who asks.");
    }

    private static string KeyOf(string to, MessageChannel channel) => channel == MessageChannel.Email ? EmailKey.Of(to) : PhoneNumber.Read(to, null).Value?.E164 ?? to;

    private static readonly TenantSql Forget = TenantSql.Of("""
        DELETE FROM ProviderTests
        WHERE TenantId = @TenantId
          AND ProviderId = @ProviderId
          AND CreatedAt < @Before
        """);

    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO ProviderTests (TenantId, Id, ProviderId, Recipient, Status, CreatedAt)
        VALUES (@TenantId, @Id, @ProviderId, @To, @Status, @CreatedAt)
        """);
}
