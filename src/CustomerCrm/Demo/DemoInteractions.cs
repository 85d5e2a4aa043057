using Bogus;
using CustomerCrm.Customers;
using CustomerCrm.Interactions;
using CustomerCrm.Orders.External;

namespace CustomerCrm.Demo;

/// <summary>What the demo shop's customers say around an order, and who answered.</summary>
internal sealed class DemoInteractions(Faker faker)
{
    private static readonly string[] agents = ["Maya", "Jonas", "Priya"];

    private static readonly (InteractionChannel Channel, string Subject, string Body, string Outcome)[] templates =
    [
        (InteractionChannel.Email, "Where is my order {0}?", "Hello, could you tell me when {0} will arrive? Thank you.", "answered"),
        (InteractionChannel.Email, "Thank you for {0}", "The coffee is wonderful. I have told my neighbours.", "answered"),
        (InteractionChannel.Chat, "Grind size for a dripper", "Which grind do you recommend for the dripper in {0}?", "answered"),
        (InteractionChannel.Phone, "Change of address for {0}", "Asked to deliver {0} to the office instead.", "address_changed"),
        (InteractionChannel.Phone, "Damaged parcel, {0}", "One bag in {0} was torn. Sent another.", "replaced"),
        (InteractionChannel.Sms, "Delivery window", "Can {0} come after five?", "answered"),
        (InteractionChannel.Social, "Picture of {0}", "Posted a picture of the morning's cup.", "liked"),
        (InteractionChannel.InPerson, "Tasting at the roastery", "Came to the Saturday tasting.", "visited"),
        (InteractionChannel.SelfService, "Invoice of {0}", "Downloaded the invoice.", "self_served"),
    ];

    private int count;

    public RecordInteraction.Request About(int customer, UpsertOrders.Item order, DateTimeOffset today)
    {
        var (channel, subject, body, outcome) = faker.Random.ArrayElement(templates);
        var occurredAt = order.PlacedAt!.Value.AddHours(faker.Random.Double(2, 120));
        return new RecordInteraction.Request
        {
            Customer = new CustomerDetails { ExternalIds = [new CustomerDetails.ExternalId { Source = DemoShop.Source, Id = $"C{customer:00000}" }] },
            Channel = channel,
            Direction = InteractionDirection.Inbound,
            OccurredAt = occurredAt < today ? occurredAt : today,
            Agent = channel == InteractionChannel.SelfService ? null : faker.Random.ArrayElement(agents),
            Subject = string.Format(System.Globalization.CultureInfo.InvariantCulture, subject, order.OrderNumber),
            Body = string.Format(System.Globalization.CultureInfo.InvariantCulture, body, order.OrderNumber),
            Outcome = outcome,
            DurationSeconds = channel == InteractionChannel.Phone ? faker.Random.Int(40, 900) : null,
            Source = DemoShop.Source,
            ExternalId = $"I{++count:000000}",
        };
    }
}
