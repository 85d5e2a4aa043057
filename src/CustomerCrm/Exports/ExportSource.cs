using System.Runtime.CompilerServices;
using CustomerCrm.Companies;
using CustomerCrm.Customers;
using CustomerCrm.Interactions;
using CustomerCrm.Orders;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Lists;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Segments;
using CustomerCrm.SurveyResponses;

namespace CustomerCrm.Exports;

/// <summary>A list that can be exported: with its own filters, orders and rows, so that a file holds what the list would have shown.</summary>
internal sealed record ExportSource
{
    public const string SegmentMembers = "segment_members";

    /// <summary>To add a list, add a line.</summary>
    public static IReadOnlyList<ExportSource> All { get; } =
    [
        Of("customers", "customers:read", ListCustomers.List),
        Of("companies", "companies:read", ListCompanies.List),
        Of("orders", "orders:read", ListOrders.List),
        Of("interactions", "interactions:read", ListInteractions.List),
        Of("survey_responses", "survey_responses:read", SurveyResponse.List),
        Of(SegmentMembers, "segments:read", ListMembers.List),
    ];

    public required string Name { get; init; }

    /// <summary>The scope a key must have, beside that of exports.</summary>
    public required string Scope { get; init; }

    public required Type RowType { get; init; }
    public required Func<string, IServiceProvider, TenantDb, object?, CancellationToken, IAsyncEnumerable<object>> ReadAsync { get; init; }
    public required Func<string, IServiceProvider, TenantDb, object?, CancellationToken, Task> TryAsync { get; init; }

    /// <exception cref="ApiProblem">403: the caller may not read what is in such an export.</exception>
    public void Ask(Caller caller)
    {
        if (!caller.Scopes.Has(Scope)) throw ApiProblem.Forbidden("scope_missing", $"The API key lacks the scope {Scope}.");
    }

    private static ExportSource Of<T>(string name, string scope, ListOf<T> list) where T : class => new()
    {
        Name = name,
        Scope = scope,
        RowType = typeof(T),
        ReadAsync = (query, services, db, args, ct) => EachAsync(list.AllAsync(query, services, db, args, ct), ct),
        TryAsync = list.TryAsync,
    };

    private static async IAsyncEnumerable<object> EachAsync<T>(IAsyncEnumerable<T> rows, [EnumeratorCancellation] CancellationToken ct) where T : class
    {
        await foreach (var row in rows.WithCancellation(ct)) yield return row;
    }
}
