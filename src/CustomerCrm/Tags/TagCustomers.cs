using System.ComponentModel.DataAnnotations;
using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Platform.Validation;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Tags;

/// <summary>POST /tags/{tag_id}/customers: onto many customers, off others.</summary>
public static class TagCustomers
{
    private const int MostAtOnce = 200;

    /// <example>{"add":["cus_01mv4q0800ebxvvk1mr9tcr6ws"],"remove":[]}</example>
    public sealed record Request : IValidatableObject
    {
        /// <summary>Who gets it.</summary>
        [MaxLength(MostAtOnce)] public IReadOnlyList<Id<Customer>> Add { get; init; } = [];

        /// <summary>Who loses it.</summary>
        [MaxLength(MostAtOnce)] public IReadOnlyList<Id<Customer>> Remove { get; init; } = [];

        public IEnumerable<ValidationResult> Validate(ValidationContext context)
        {
            if (Add.Count + Remove.Count == 0) yield return new BrokenRule("required", "Name customers in add or in remove.", nameof(Add));
            foreach (var (i, customer) in Remove.Index())
                if (Add.Contains(customer)) yield return new BrokenRule("contradiction", "Nobody can get a tag and lose it at once.", $"{nameof(Remove)}[{i}]");
        }
    }

    public sealed record Answer
    {
        /// <summary>How many did not have it before.</summary>
        public required int Added { get; init; }

        /// <summary>How many had it before.</summary>
        public required int Removed { get; init; }
    }

    internal static async Task<Answer> Handle([FromRoute(Name = "tag_id")] Id<Tag> tagId, Request request, TenantDb db, TagBook book, CancellationToken ct)
    {
        var tag = await Tag.FindAsync(tagId, db, ct);
        var known = new TagBook.Known { Id = tagId, Name = tag.Name };
        var asked = request.Add.Concat(request.Remove);
        var there = (await db.QueryAsync<Id<Customer>>(Customers.And(Condition.In("c.Id", asked.Distinct().Select(id => (object?)id))), null, ct)).ToHashSet();
        FieldError[] unknown = [.. Unknown("/add", request.Add), .. Unknown("/remove", request.Remove)];
        if (unknown.Length > 0) throw ApiProblem.Invalid(unknown);

        var (added, removed) = (0, 0);
        foreach (var id in request.Add.Distinct()) if (await book.AddAsync(CustomerTags.Owner, id.Value, known, ct)) added++;
        foreach (var id in request.Remove.Distinct()) if (await book.RemoveAsync(CustomerTags.Owner, id.Value, known, ct)) removed++;
        return new Answer { Added = added, Removed = removed };

        IEnumerable<FieldError> Unknown(string pointer, IReadOnlyList<Id<Customer>> ids) =>
            ids.Index().Where(one => !there.Contains(one.Item)).Select(one => new FieldError(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{pointer}/{one.Index}"), "customer_unknown", "There is no such customer."));
    }

    private static readonly TenantSql Customers = TenantSql.Of("""
        SELECT c.Id
        FROM Customers c
        WHERE c.TenantId = @TenantId
        """);
}
