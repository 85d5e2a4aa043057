using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Validation;
using CustomerCrm.Tags;
using CustomerCrm.Teams;
using CustomerCrm.Tenant;
using CustomerCrm.TicketStatuses;
using CustomerCrm.Users;

namespace CustomerCrm.Tickets;

/// <summary>What is to be different about a ticket. What is absent stays.</summary>
/// <example>{"category":"pending","priority":"high","add_tags":["delivery"],"remove_tags":[]}</example>
public record TicketChange : IValidatableObject
{
    [Required, StringLength(500, MinimumLength = 1)] public Change<string> Subject { get; init; }

    /// <summary>Where it stands; the label becomes the category's default. A closed ticket stays closed.</summary>
    public Change<TicketCategory> Category { get; init; }

    /// <summary>A label of the tenant's own, which brings its category along; null for none.</summary>
    public Change<Id<TicketStatus>?> StatusId { get; init; }

    public Change<TicketType> Type { get; init; }
    public Change<TicketPriority> Priority { get; init; }

    /// <summary>Another requester. Answers go to them from then on, in a conversation of their own.</summary>
    public Change<Id<Customer>> CustomerId { get; init; }

    /// <summary>Who is to be at it; null for nobody. A new ticket that somebody is given is open.</summary>
    public Change<Id<User>?> AssigneeId { get; init; }

    /// <summary>Whose queue it is to be in; null for none.</summary>
    public Change<Id<Team>?> TeamId { get; init; }

    /// <example>de</example>
    [StringLength(35), LanguageTag] public Change<string> Language { get; init; }

    public Change<Id<TicketTopic>?> TopicId { get; init; }

    /// <summary>All its tags anew, by their names; those that are not there yet are made.</summary>
    /// <example>["delivery"]</example>
    [Required, MaxLength(TagBook.MostOnOne), TagName] public Change<IReadOnlyList<string>> Tags { get; init; }

    /// <summary>Tags to put on beside those it has.</summary>
    /// <example>["delivery"]</example>
    [MaxLength(TagBook.MostOnOne), TagName] public IReadOnlyList<string>? AddTags { get; init; }

    /// <summary>Tags to take off.</summary>
    /// <example>["waiting"]</example>
    [MaxLength(TagBook.MostOnOne), TagName] public IReadOnlyList<string>? RemoveTags { get; init; }

    /// <summary>The values of the tenant's own fields: those that are not named stay, null clears.</summary>
    /// <example>{"product_line":"teapots"}</example>
    [MaxLength(200)] public Change<IReadOnlyDictionary<string, JsonElement>> CustomFields { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Tags.IsSet && (AddTags ?? RemoveTags) is not null) yield return new BrokenRule("one_needed", "Say all tags, or which to add and remove.", nameof(Tags));
    }
}
