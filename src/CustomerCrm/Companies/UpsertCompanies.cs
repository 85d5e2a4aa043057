using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform.Batches;
using CustomerCrm.Platform.History;
using CustomerCrm.Platform.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CustomerCrm.Companies;

/// <summary>POST /companies/batch: each item as PUT /companies/by-external-id would take it, with an answer of its own.</summary>
public static class UpsertCompanies
{
    public sealed record Request
    {
        [AnsweredByItem, MinLength(1), MaxLength(Batch.MostItems)]
        public required IReadOnlyList<Item> Items { get; init; }
    }

    public sealed record Item : CompanyProfile
    {
        /// <summary>The system it comes from.</summary>
        /// <example>erp</example>
        [StringLength(100)] public required string Source { get; init; }

        /// <summary>Its id there.</summary>
        [StringLength(200)] public required string ExternalId { get; init; }

        /// <summary>Where the external id is new but a domain is one company's: true gives that company the id, false answers 409.</summary>
        public bool LinksExisting { get; init; }
    }

    internal static Task<JsonHttpResult<BatchAnswer<Company>>> Handle(Request request, EditConflicts conflicts, CompanyReader reader, CompanyOwners owners, CompanyWriter writer, CancellationToken ct) =>
        Batch.RunAsync(request.Items, async item =>
        {
            var external = CompanyIdentities.External(item.Source, item.ExternalId) ?? throw ApiProblem.Invalid("/external_id", "external_id_invalid", "Not a source and an external id as they must be.");
            var (isNew, company) = await UpsertCompany.StateAsync(external, item, item.LinksExisting, ifMatch: null, conflicts, reader, owners, writer, ct);
            return (isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK, company);
        });
}
