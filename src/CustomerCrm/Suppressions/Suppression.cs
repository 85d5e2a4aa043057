using CustomerCrm.Customers.Contacting;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Suppressions;

/// <summary>An address that nothing is sent to any more, whoever has it. The address itself is not kept, only what recognises it.</summary>
public sealed record Suppression : IHasId
{
    public static string Prefix => "sup";

    public required Id<Suppression> Id { get; init; }
    public required MessageChannel Channel { get; init; }

    /// <summary>Enough of it to be recognised by who knows it.</summary>
    /// <example>a***@example.com</example>
    public required string MaskedAddress { get; init; }

    public required SuppressionReason Reason { get; init; }

    /// <summary>Who or what said so: a provider, a page, the API.</summary>
    /// <example>api</example>
    public required string Source { get; init; }

    /// <summary>What somebody wrote beside it.</summary>
    public string? Note { get; init; }

    /// <summary>Who added it.</summary>
    public Actor Actor
    {
        get => new(ActorKind, ActorId, ActorName);
        init => (ActorKind, ActorId, ActorName) = (value.Kind, value.Id, value.Name);
    }

    public required DateTimeOffset CreatedAt { get; init; }

    internal ActorKind ActorKind { get; init; }
    internal string? ActorId { get; init; }
    internal string ActorName { get; init; } = "";

    /// <exception cref="ApiProblem">404: there is none.</exception>
    internal static async Task<Suppression> FindAsync(Id<Suppression> suppressionId, TenantDb db, CancellationToken ct) =>
        await db.FindAsync<Suppression>(ById, new { SuppressionId = suppressionId }, ct) ?? throw ApiProblem.NotFound("suppression");

    /// <summary>Ends in its WHERE, so that lists narrow the same statement.</summary>
    internal static readonly TenantSql Matching = TenantSql.Of("""
        SELECT p.Id, p.Channel, p.Masked AS MaskedAddress, p.Reason, p.Source, p.Note, p.ActorKind, p.ActorId, p.ActorName, p.CreatedAt
        FROM Suppressions p
        WHERE p.TenantId = @TenantId
        """);

    internal static readonly TenantSql ByAddress = Matching.Then("""
          AND p.Channel = @Channel
          AND p.AddressKey = @AddressKey
        """);

    private static readonly TenantSql ById = Matching.Then("AND p.Id = @SuppressionId");
}
