using System.ComponentModel.DataAnnotations;
using CustomerCrm.Customers;
using CustomerCrm.Links;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Help;

/// <summary>POST /help/customer_links: a way to what is for customers only.</summary>
public static class LinkCustomer
{
    public sealed record Request
    {
        public required Id<Customer> CustomerId { get; init; }

        /// <summary>For how many days it opens, 1 to 365; 30 if nothing is said.</summary>
        [Range(1, 365)] public int? Days { get; init; }
    }

    public sealed record Response
    {
        /// <summary>Whoever has it reads as this customer.</summary>
        /// <example>https://crm.example.com/help/enter/mGk0V2b…</example>
        public required string Url { get; init; }

        public required DateTimeOffset ExpiresAt { get; init; }
    }

    internal static async Task<Response> Handle(Request request, TenantDb db, HelpCenters centers, CustomerLinks links, TimeProvider clock, CancellationToken ct)
    {
        await ShowCustomer.FindAsync(request.CustomerId, db, ct);
        if ((await centers.GetAsync(ct)).Slug is null) throw ApiProblem.Conflict("no_help_pages", "Give the help pages a slug first.");
        var expires = clock.GetUtcNow().AddDays(request.Days ?? 30);
        return new Response { Url = links.HelpUrl(request.CustomerId, expires), ExpiresAt = expires };
    }
}
