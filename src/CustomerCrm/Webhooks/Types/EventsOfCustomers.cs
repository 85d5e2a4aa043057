using CustomerCrm.Companies;
using CustomerCrm.Companies.People;
using CustomerCrm.Consents;
using CustomerCrm.ConsentTopics;
using CustomerCrm.Customers;
using CustomerCrm.Customers.Identities;
using CustomerCrm.Insights.Backtests;
using CustomerCrm.Insights.Fits;
using CustomerCrm.Interactions;
using CustomerCrm.Notes;
using CustomerCrm.RecycleBin;
using CustomerCrm.Segments;
using CustomerCrm.Segments.Membership;
using CustomerCrm.Sentiment;
using CustomerCrm.Sentiment.Shifts;
using CustomerCrm.Suppressions;
using CustomerCrm.Tags;
using CustomerCrm.Track;
using CustomerCrm.Track.Visitors;

namespace CustomerCrm.Webhooks.Types;

/// <summary>Events about whom the tenant knows: customers, companies, what they said and did, and what they agreed to.</summary>
internal static class EventsOfCustomers
{
    public static IReadOnlyList<EventType> All { get; } =
    [
        new("company.created", "A company was added.", typeof(Company)),
        new("company.deleted", "A company was put into the recycle bin.", typeof(Company)),
        new("company.person_added", "A customer was added to a company.", typeof(CompanyPerson)),
        new("company.person_changed", "A customer's place in a company changed.", typeof(CompanyPerson)),
        new("company.person_removed", "A customer was taken out of a company.", typeof(CompanyPerson)),
        new("company.purged", "A company was deleted from the recycle bin, for good.", typeof(Purged)),
        new("company.restored", "A company came back from the recycle bin.", typeof(Company)),
        new("company.updated", "A company changed.", typeof(Company)),
        new("consent.changed", "What a customer agreed to is otherwise than before.", typeof(ChangedConsent)),
        new("consent.pending", "A customer is asked to confirm a consent.", typeof(ChangedConsent)),
        new("consent_topic.created", "A topic of consents was made.", typeof(ConsentTopic)),
        new("consent_topic.deleted", "A topic of consents was deleted.", typeof(ConsentTopic)),
        new("consent_topic.updated", "A topic of consents changed.", typeof(ConsentTopic)),
        new("customer.created", "A customer was created, with the identities that came along.", typeof(CreatedCustomer)),
        new("customer.purged", "A customer was deleted from the recycle bin, for good.", typeof(Purged)),
        new("customer.removed", "A customer was put into the recycle bin.", typeof(Customer)),
        new("customer.restored", "A customer came back from the recycle bin.", typeof(Customer)),
        new("customer.tagged", "A tag was put on a customer.", typeof(TagChange)),
        new("customer.untagged", "A tag was taken off a customer.", typeof(TagChange)),
        new("customer.updated", "A customer changed.", typeof(Customer)),
        new("identity.added", "An identity was added to a customer.", typeof(Identity)),
        new("identity.moved", "An identity was moved to another customer; told for both.", typeof(IdentityMoved)),
        new("identity.removed", "An identity was taken from a customer.", typeof(Identity)),
        new("identity.updated", "An identity changed.", typeof(Identity)),
        new("insights.backtested", "A back-test of the lifetime models is done.", typeof(Backtest)),
        new("insights.fitted", "The lifetime models were fitted anew.", typeof(Fit)),
        new("interaction.purged", "An interaction was deleted from the recycle bin, for good.", typeof(Purged)),
        new("interaction.recorded", "An interaction with a customer was recorded.", typeof(Interaction)),
        new("interaction.removed", "An interaction was put into the recycle bin.", typeof(Interaction)),
        new("interaction.restored", "An interaction came back from the recycle bin.", typeof(Interaction)),
        new("interaction.updated", "An interaction changed.", typeof(Interaction)),
        new("note.created", "A note was written.", typeof(Note)),
        new("note.deleted", "A note was deleted.", typeof(Note)),
        new("note.updated", "A note changed.", typeof(Note)),
        new("segment.built", "A segment's members were looked for.", typeof(Segment)),
        new("segment.created", "A segment was made.", typeof(Segment)),
        new("segment.deleted", "A segment was deleted.", typeof(Segment)),
        new("segment.entered", "A customer entered a segment.", typeof(MembershipChange)),
        new("segment.left", "A customer left a segment.", typeof(MembershipChange)),
        new("segment.updated", "A segment changed.", typeof(Segment)),
        new("sentiment.corrected", "A person said how a customer felt in an interaction, or took it back.", typeof(InteractionSentiment)),
        new("sentiment.shifted", "Far more or far fewer customers than before were unhappy.", typeof(SentimentShift)),
        new("suppression.added", "An address is not to be written to any more.", typeof(Suppression)),
        new("suppression.removed", "An address may be written to again.", typeof(RemovedSuppression)),
        new("tag.created", "A tag was made.", typeof(Tag)),
        new("tag.deleted", "A tag was deleted.", typeof(Tag)),
        new("tag.merged", "A tag was merged into another.", typeof(MergeTag.Merged)),
        new("tag.updated", "A tag changed.", typeof(Tag)),
        new("tracked_event.recorded", "A known customer did something that is tracked.", typeof(TrackedEvent)),
        new("visitor.identified", "It became known which customer a visitor is.", typeof(VisitorIdentified)),
    ];
}
