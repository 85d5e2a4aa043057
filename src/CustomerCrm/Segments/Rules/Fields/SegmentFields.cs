using System.Text.Json;
using System.Text.RegularExpressions;
using CustomerCrm.Analytics.Rfm;
using CustomerCrm.Customers.Identities.Forms;
using CustomerCrm.Insights.Fits;
using CustomerCrm.Platform.Data;
using CustomerCrm.Tenant;

namespace CustomerCrm.Segments.Rules.Fields;

/// <summary>
/// What a rule can ask of a customer. To add a question, add a line: its name, its type (which brings the operators), its condition
/// on the tables of <see cref="SegmentTables"/>, never NULL, and the value seen (<see cref="CustomerFacts"/>). Guards try every line.
/// </summary>
internal static partial class SegmentFields
{
    private static readonly string[] rfmGroups = [.. Enum.GetNames<RfmGroup>().Select(JsonNamingPolicy.SnakeCaseLower.ConvertName)];
    private static readonly Dictionary<string, int> retentionStates = Enum.GetValues<RetentionState>()
        .ToDictionary(state => JsonNamingPolicy.SnakeCaseLower.ConvertName(state.ToString()), state => (int)state);

    // What makes a customer seen, or stands in for it while nothing did.
    private static readonly MomentKind[] seen = [MomentKind.CustomerCreated, MomentKind.Interaction, MomentKind.Order];

    public static readonly IReadOnlyList<SegmentField> All =
    [
        // The profile.
        new NameField(),
        Text("company", 200, "Example Ltd", c => c.Company, Condition.Of("c.Company IS NOT NULL"), v => Condition.OfEach(
            "(c.Company IS NOT NULL AND CAST(c.Company AS VARBINARY(800)) = CAST({0} AS VARBINARY(800)))", "(c.Company IS NOT NULL AND c.Company = {0})", v)),
        Text("country", 2, "AT", c => c.Country, Condition.Of("c.Country IS NOT NULL"), v => Condition.OfEach(
            "(c.Country IS NOT NULL AND CAST(c.Country AS VARBINARY(8)) = CAST({0} AS VARBINARY(8)))", "(c.Country IS NOT NULL AND c.Country = {0})", v)),
        Text("region", 100, "Tyrol", c => c.Region, Condition.Of("c.Region IS NOT NULL"), v => Condition.OfEach(
            "(c.Region IS NOT NULL AND CAST(c.Region AS VARBINARY(400)) = CAST({0} AS VARBINARY(400)))", "(c.Region IS NOT NULL AND c.Region = {0})", v)),
        Text("city", 100, "Vienna", c => c.City, Condition.Of("c.City IS NOT NULL"), v => Condition.OfEach(
            "(c.City IS NOT NULL AND CAST(c.City AS VARBINARY(400)) = CAST({0} AS VARBINARY(400)))", "(c.City IS NOT NULL AND c.City = {0})", v)),
        Text("postal_code", 20, "1010", c => c.PostalCode, Condition.Of("c.PostalCode IS NOT NULL"), v => Condition.OfEach(
            "(c.PostalCode IS NOT NULL AND CAST(c.PostalCode AS VARBINARY(80)) = CAST({0} AS VARBINARY(80)))", "(c.PostalCode IS NOT NULL AND c.PostalCode = {0})", v)),
        new ListedField("language", ListedKind.Text(35, "de-AT") with { Saying = "A language tag, as in de-AT.", Read = tag => tag.Length is > 0 and <= 35 && !tag.Any(char.IsControl) ? LocaleTag.Of(tag) : null },
            v => Condition.OfEach("(c.Language IS NOT NULL AND CAST(c.Language AS VARBINARY(140)) = CAST({0} AS VARBINARY(140)))", "(c.Language IS NOT NULL AND c.Language = {0})", v),
            Condition.Of("c.Language IS NOT NULL"), c => [c.Language]),
        Text("time_zone", 64, "Europe/Vienna", c => c.TimeZone, Condition.Of("c.TimeZone IS NOT NULL"), v => Condition.OfEach(
            "(c.TimeZone IS NOT NULL AND CAST(c.TimeZone AS VARBINARY(256)) = CAST({0} AS VARBINARY(256)))", "(c.TimeZone IS NOT NULL AND c.TimeZone = {0})", v)),
        new OrderedField<DateOnly>("birth_date", OrderedTypes.Day, (low, high) => Condition.Of("(c.BirthDate IS NOT NULL AND c.BirthDate >= {0} AND c.BirthDate <= {1})", low, high), c => c.BirthDate),
        new BirthdayField(),
        new OrderedField<DateTimeOffset>("created_at", OrderedTypes.Time, (low, high) => Condition.Of("(c.CreatedAt >= {0} AND c.CreatedAt <= {1})", low, high), c => c.CreatedAt) { Kinds = [MomentKind.CustomerCreated] },
        new OrderedField<DateTimeOffset>("first_seen_at", OrderedTypes.Time, (low, high) => Condition.Of("(c.FirstSeenAt IS NOT NULL AND c.FirstSeenAt >= {0} AND c.FirstSeenAt <= {1})", low, high), c => c.FirstSeenAt) { Kinds = seen },
        new OrderedField<DateTimeOffset>("last_seen_at", OrderedTypes.Time, (low, high) => Condition.Of("(c.LastSeenAt >= {0} AND c.LastSeenAt <= {1})", low, high), c => c.LastSeenAt) { Kinds = seen },

        new TagQuestion(),

        // What the customer is recognised by.
        new ListedField("email_domain", new ListedKind("domain", "A domain, as in example.com.", "example.com", text => Domain().IsMatch(text) ? text.ToLowerInvariant() : null),
            v => Condition.Of("(c.Email IS NOT NULL AND LOWER(c.Email) LIKE {0})", $"%@{v}"), Condition.Of("c.Email IS NOT NULL"), c => [c.EmailDomain]),
        new FlagField("has_email", Condition.Of("EXISTS (SELECT 1 FROM Identities i WHERE i.TenantId = c.TenantId AND i.CustomerId = c.Id AND i.Kind = 1)"), c => c.Has(IdentityKind.Email)),
        new FlagField("has_phone", Condition.Of("EXISTS (SELECT 1 FROM Identities i WHERE i.TenantId = c.TenantId AND i.CustomerId = c.Id AND i.Kind = 2)"), c => c.Has(IdentityKind.Phone)),
        new FlagField("email_verified", Condition.Of("EXISTS (SELECT 1 FROM Identities i WHERE i.TenantId = c.TenantId AND i.CustomerId = c.Id AND i.Kind = 1 AND i.IsVerified = 1)"), c => c.HasVerified(IdentityKind.Email)),
        new FlagField("phone_verified", Condition.Of("EXISTS (SELECT 1 FROM Identities i WHERE i.TenantId = c.TenantId AND i.CustomerId = c.Id AND i.Kind = 2 AND i.IsVerified = 1)"), c => c.HasVerified(IdentityKind.Phone)),
        new ListedField("external_source", Sources("shop"), v => Condition.Of("EXISTS (SELECT 1 FROM Identities i WHERE i.TenantId = c.TenantId AND i.CustomerId = c.Id AND i.Kind = 3 AND i.Source = {0})", v),
            Condition.Of("EXISTS (SELECT 1 FROM Identities i WHERE i.TenantId = c.TenantId AND i.CustomerId = c.Id AND i.Kind = 3)"), c => c.SourcesOf(IdentityKind.External)),
        new ListedField("social_network", Sources("instagram"), v => Condition.Of("EXISTS (SELECT 1 FROM Identities i WHERE i.TenantId = c.TenantId AND i.CustomerId = c.Id AND i.Kind = 4 AND i.Source = {0})", v),
            Condition.Of("EXISTS (SELECT 1 FROM Identities i WHERE i.TenantId = c.TenantId AND i.CustomerId = c.Id AND i.Kind = 4)"), c => c.SourcesOf(IdentityKind.Social)),

        // All their orders; those of a span of time are asked for by the test "orders".
        new OrderedField<long>("order_count", OrderedTypes.Whole, (low, high) => Condition.Of("(COALESCE(f.OrderCount, 0) >= {0} AND COALESCE(f.OrderCount, 0) <= {1})", low, high), c => c.OrderCount),
        new OrderedField<long>("spend_minor", OrderedTypes.Whole, (low, high) => Condition.Of("(COALESCE(f.SpendMinor, 0) >= {0} AND COALESCE(f.SpendMinor, 0) <= {1})", low, high), c => c.SpendMinor),
        new OrderedField<DateTimeOffset>("first_order_at", OrderedTypes.Time, (low, high) => Condition.Of("(f.FirstOrderAt IS NOT NULL AND f.FirstOrderAt >= {0} AND f.FirstOrderAt <= {1})", low, high), c => c.FirstOrderAt) { Kinds = [MomentKind.Order] },
        new OrderedField<DateTimeOffset>("last_order_at", OrderedTypes.Time, (low, high) => Condition.Of("(f.LastOrderAt IS NOT NULL AND f.LastOrderAt >= {0} AND f.LastOrderAt <= {1})", low, high), c => c.LastOrderAt) { Kinds = [MomentKind.Order] },

        // What they want to have settled; a ticket is open until it is solved.
        new OrderedField<long>("open_ticket_count", OrderedTypes.Whole, (low, high) => Condition.Of(
            "((SELECT COUNT(*) FROM Tickets t WHERE t.TenantId = c.TenantId AND t.CustomerId = c.Id AND t.Category < 5) BETWEEN {0} AND {1})", low, high), c => c.OpenTicketCount),
        new OrderedField<DateTimeOffset>("last_ticket_at", OrderedTypes.Time, (low, high) => Condition.Of("""
            (EXISTS (SELECT 1 FROM Tickets t WHERE t.TenantId = c.TenantId AND t.CustomerId = c.Id AND t.CreatedAt >= {0} AND t.CreatedAt <= {1})
             AND NOT EXISTS (SELECT 1 FROM Tickets l WHERE l.TenantId = c.TenantId AND l.CustomerId = c.Id AND l.CreatedAt > {1}))
            """, low, high), c => c.LastTicketAt) { Kinds = [MomentKind.Ticket] },

        // Where they stand, by the last run of the models.
        new OrderedField<long>("recency_score", OrderedTypes.Whole, (low, high) => Condition.Of("(s.RecencyScore IS NOT NULL AND s.RecencyScore >= {0} AND s.RecencyScore <= {1})", low, high), c => c.RecencyScore) { FollowsFits = true },
        new OrderedField<long>("frequency_score", OrderedTypes.Whole, (low, high) => Condition.Of("(s.FrequencyScore IS NOT NULL AND s.FrequencyScore >= {0} AND s.FrequencyScore <= {1})", low, high), c => c.FrequencyScore) { FollowsFits = true },
        new OrderedField<long>("monetary_score", OrderedTypes.Whole, (low, high) => Condition.Of("(s.MonetaryScore IS NOT NULL AND s.MonetaryScore >= {0} AND s.MonetaryScore <= {1})", low, high), c => c.MonetaryScore) { FollowsFits = true },
        new ListedField("rfm_group", ListedKind.Choice(rfmGroups), v => Condition.Of("(s.RfmGroup IS NOT NULL AND s.RfmGroup = {0})", Array.IndexOf(rfmGroups, v)),
            Condition.Of("s.RfmGroup IS NOT NULL"), c => [c.RfmGroup is { } group ? rfmGroups[group] : null]) { FollowsFits = true },
        new ListedField("retention_state", ListedKind.Choice(retentionStates.Keys), v => Condition.Of("(s.RetentionState IS NOT NULL AND s.RetentionState = {0})", retentionStates[v]),
            Condition.Of("s.RetentionState IS NOT NULL"), c => [retentionStates.FirstOrDefault(state => state.Value == c.RetentionState).Key]) { FollowsFits = true },
        new OrderedField<double>("probability_alive", OrderedTypes.Number, (low, high) => Condition.Of("(s.ProbabilityAlive IS NOT NULL AND s.ProbabilityAlive >= {0} AND s.ProbabilityAlive <= {1})", low, high), c => c.ProbabilityAlive) { FollowsFits = true },
        new OrderedField<double>("expected_purchases", OrderedTypes.Number, (low, high) => Condition.Of("(s.ExpectedPurchases IS NOT NULL AND s.ExpectedPurchases >= {0} AND s.ExpectedPurchases <= {1})", low, high), c => c.ExpectedPurchases) { FollowsFits = true },
        new OrderedField<long>("cltv_minor", OrderedTypes.Whole, (low, high) => Condition.Of("(s.CltvMinor IS NOT NULL AND s.CltvMinor >= {0} AND s.CltvMinor <= {1})", low, high), c => c.CltvMinor) { FollowsFits = true },
    ];

    public static readonly IReadOnlyDictionary<string, SegmentField> ByName = All.ToDictionary(field => field.Name, StringComparer.Ordinal);

    /// <returns>Null: there is no such question. Those about fields of the tenant's own are not in the list.</returns>
    public static SegmentField? Find(string name) => ByName.TryGetValue(name, out var field) ? field
        : OwnField().IsMatch(name) ? new CustomFieldQuestion(name[CustomFieldQuestion.Prefix.Length..])
        : null;

    private static ListedField Text(string name, int maxLength, string example, Func<CustomerFacts, string?> seen, Condition isSet, Func<string, Condition> equals) =>
        new(name, ListedKind.Text(maxLength, example), equals, isSet, c => [seen(c)]);

    private static ListedKind Sources(string example) =>
        new ListedKind("text", "A source of letters, digits, _ . and -, as in shop.", example, Identifier.SourceOf) { IsMany = true };

    [GeneratedRegex("^[A-Za-z0-9.-]{1,253}$", RegexOptions.NonBacktracking)]
    private static partial Regex Domain();

    [GeneratedRegex(@"^custom_fields\.[a-z][a-z0-9_]{0,49}\z", RegexOptions.NonBacktracking)]
    private static partial Regex OwnField();
}
