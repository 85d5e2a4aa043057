using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Access.Links;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Platform.Validation;

namespace CustomerCrm.Help;

/// <summary>GET and PATCH /help</summary>
public static class ChangeHelpCenter
{
    private static readonly string[] reserved = ["enter"];

    /// <example>{"slug":"acme","title":"How can we help?"}</example>
    public sealed record Request : IValidatableObject
    {
        /// <summary>3 to 60 letters a to z, digits and hyphens; null takes the pages down.</summary>
        /// <example>acme</example>
        [StringLength(60, MinimumLength = 3), RegularExpression("^[a-z0-9]+(-[a-z0-9]+)*$")] public Change<string> Slug { get; init; }

        [StringLength(200, MinimumLength = 1)] public Change<string> Title { get; init; }
        [StringLength(1000, MinimumLength = 1)] public Change<string> Intro { get; init; }
        public Change<bool> TakesContact { get; init; }

        public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
        {
            if (reserved.Contains(Slug.Value)) yield return new BrokenRule("reserved", "The pages need this name themselves.", nameof(Slug));
        }
    }

    internal static Task<HelpCenter> Show(HelpCenters centers, CancellationToken ct) => centers.GetAsync(ct);

    internal static async Task<HelpCenter> Handle(Request request, IfMatch ifMatch, HelpCenters centers, PublicNames names, TenantDb db, EventLog events, TimeProvider clock, CancellationToken ct)
    {
        var current = await centers.GetAsync(ct);
        ifMatch.Check(current.Revision);
        var changed = centers.WithUrl(current with
        {
            Id = current.Revision == 0 ? Id<HelpCenter>.New() : current.Id, Slug = request.Slug.Or(current.Slug), Title = request.Title.Or(current.Title), Intro = request.Intro.Or(current.Intro),
            TakesContact = request.TakesContact.Or(current.TakesContact), Revision = current.Revision + 1, UpdatedAt = clock.GetUtcNow(),
        });
        if (changed.Slug != current.Slug && !await names.TakeAsync(EntryKind.HelpPages, changed.Id.Value, changed.Slug, ct)) throw ApiProblem.Conflict("help_slug_taken", "Somebody else's help pages have this name.");
        var row = new { changed.Id, changed.Slug, changed.Title, changed.Intro, changed.TakesContact, changed.Revision, Now = changed.UpdatedAt };
        try
        {
            if (await db.ExecuteAsync(current.Revision == 0 ? Insert : Update, row, ct) == 0) throw ApiProblem.PreconditionFailed();
        }
        catch (DuplicateKeyException)
        {
            throw ApiProblem.PreconditionFailed(); // somebody was faster
        }
        events.Record("help_center.updated", changed);
        return changed;
    }

    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO HelpCenters (TenantId, Id, Slug, Title, Intro, TakesContact, Revision, CreatedAt, UpdatedAt)
        VALUES (@TenantId, @Id, @Slug, @Title, @Intro, @TakesContact, 1, @Now, @Now)
        """);

    private static readonly TenantSql Update = TenantSql.Of("""
        UPDATE HelpCenters
        SET Slug = @Slug, Title = @Title, Intro = @Intro, TakesContact = @TakesContact, Revision = @Revision, UpdatedAt = @Now
        WHERE TenantId = @TenantId
          AND Revision = @Revision - 1
        """);
}
