using System.Text;
using CustomerCrm.Customers;
using CustomerCrm.Customers.Identities;
using CustomerCrm.Customers.Searching;
using CustomerCrm.Interactions;
using CustomerCrm.Platform.Data;
using CustomerCrm.Segments.Rules;

namespace CustomerCrm.Tests.Segments;

/// <summary>
/// Customers made at random, with every value missing for some: kept here as the model, and written to the tables as the
/// features would have left them.
/// </summary>
internal sealed class SomePeople
{
    private static readonly DateTimeOffset now = TestApi.Clock.GetUtcNow();
    private static readonly string[] rfmGroups = ["champions", "loyal_customers", "potential_loyalists", "new_customers"];
    private static readonly string[] retentionStates = ["new", "active", "at_risk", "lost"];
    private static readonly string[] names = ["Ana", "Čapek", "Jo Anders", "O'Brien", "Zoë Ana"];
    private static readonly string[] sources = ["shop", "pos"];

    /// <summary>Now, the edges of spans of days, and a tick beside them.</summary>
    public static readonly DateTimeOffset[] Times =
        [now, now.AddTicks(1), now.AddDays(-1), now.AddDays(-30), now.AddDays(-30).AddTicks(-1), now.AddDays(-90), now.AddDays(-90).AddTicks(1), now.AddDays(-400), now.AddDays(5)];

    public required IReadOnlyList<Person> All { get; init; }

    internal sealed record Person(Id<Customer> Id, CustomerFacts Facts, IReadOnlyList<(DateTimeOffset At, long? Spend, bool IsCounted)> Orders, IReadOnlyList<Interaction> Interactions)
    {
        /// <summary>The model's own count of what a rule asks.</summary>
        public SeenCustomer Seen(SegmentRule rule)
        {
            var seen = new SeenCustomer { Now = now, Facts = Facts };
            foreach (var test in rule.Everything.Select(part => part.Orders).OfType<OrderTest>())
            {
                var within = Orders.Where(o => o.IsCounted && IsWithin(test, o.At)).ToArray();
                seen.Orders[test] = new OrdersSeen { Count = within.Length, SpendMinor = within.Sum(o => o.Spend ?? 0) };
            }
            foreach (var test in rule.Everything.Select(part => part.Interactions).OfType<InteractionTest>())
                seen.Interactions[test] = Interactions.Count(i => IsWithin(test, i.OccurredAt)
                    && (test.Channels is null || test.Channels.Contains(i.Channel)) && (test.Direction is null || test.Direction == i.Direction));
            return seen;
        }

        private static bool IsWithin(TimeSpanTest test, DateTimeOffset at) => test.WithinDays is { } days
            ? at >= now.AddDays(-days) && at <= now
            : (test.From is null || at >= test.From) && (test.To is null || at < test.To);
    }

    /// <summary>Values for a rule: those the people have, and others.</summary>
    public static object[] ValuesOf(SegmentField field) => (field.Name, field.Type) switch
    {
        ("name", _) => ["ana", "ANDERS", "čap", "ob", "nobody"],
        ("country", _) => ["AT", "DE", "CH"],
        ("email_domain", _) => ["example.com", "Mail.test", "le.com"],
        ("external_source" or "social_network", _) => ["shop", "pos", "SHOP", "other"],
        ("rfm_group", _) => rfmGroups,
        ("retention_state", _) => retentionStates,
        (_, "text") => ["Vienna", "vienna", "Zürich", "1010", "de-AT"],
        (_, "whole number") => [0L, 1L, 2L, 3L, 5L, 1000L, 2500L, -1L, long.MaxValue, long.MinValue],
        (_, "number") => [0.0, 0.25, 0.5, 1.0, 3.5, double.MaxValue],
        (_, "time") => [.. Times],
        (_, "day") => [new DateOnly(1990, 5, 31), new DateOnly(1990, 6, 1), DateOnly.MinValue, DateOnly.MaxValue],
        _ => [true, false],
    };

    public static SomePeople Make(int count, int seed)
    {
        var random = new Random(seed);
        return new SomePeople { All = [.. Enumerable.Range(0, count).Select(_ => One(random))] };
    }

    private static Person One(Random random)
    {
        T? Maybe<T>(params T[] values) where T : class => random.Next(3) == 0 ? null : values[random.Next(values.Length)];
        T? Perhaps<T>(params T[] values) where T : struct => random.Next(3) == 0 ? null : values[random.Next(values.Length)];
        DateTimeOffset Sometime() => Times[random.Next(Times.Length)];

        var id = Id<Customer>.New();
        var orders = Enumerable.Range(0, random.Next(5)).Select(_ => (At: Sometime(), Spend: Perhaps(0L, 1L, 1000L, 1500L), IsCounted: random.Next(4) > 0)).ToArray();
        var counted = orders.Where(o => o.IsCounted).ToArray();
        var interactions = Enumerable.Range(0, random.Next(4)).Select(_ => new Interaction
        {
            Id = Id<Interaction>.New(), CustomerId = id, OccurredAt = Sometime(), Revision = 1, CreatedAt = now, UpdatedAt = now,
            Channel = (InteractionChannel)random.Next(1, 9), Direction = (InteractionDirection)random.Next(1, 3),
        }).ToArray();
        IdentityFact[] identities =
        [
            .. from kind in Enum.GetValues<IdentityKind>()
               from source in kind is IdentityKind.External or IdentityKind.Social ? sources : [""]
               where random.Next(2) == 0
               select new IdentityFact { Kind = kind, Source = source, IsVerified = random.Next(2) == 0 },
        ];
        var hasScores = random.Next(3) > 0;
        var hasModel = hasScores && random.Next(3) > 0;
        return new Person(id, new CustomerFacts
        {
            Name = Maybe(names), Company = Maybe("Vienna", "vienna"), City = Maybe("Vienna", "vienna", "Zürich"), Region = Maybe("Vienna"), Country = Maybe("AT", "DE"),
            PostalCode = Maybe("1010"), Language = Maybe("de-AT"), TimeZone = Maybe("Vienna"), Email = Maybe("a@example.com", "B@MAIL.TEST", "c@sample.com"),
            BirthDate = Perhaps(new DateOnly(1990, 5, 31), new DateOnly(1990, 6, 1)), CreatedAt = Sometime(), FirstSeenAt = Perhaps(Times), LastSeenAt = Sometime(),
            OrderCount = counted.Length, SpendMinor = counted.Sum(o => o.Spend ?? 0),
            FirstOrderAt = counted.Length > 0 ? counted.Min(o => o.At) : null, LastOrderAt = counted.Length > 0 ? counted.Max(o => o.At) : null,
            RecencyScore = hasScores ? random.Next(1, 6) : null, FrequencyScore = hasScores ? random.Next(1, 6) : null, MonetaryScore = hasScores ? random.Next(1, 6) : null,
            RfmGroup = hasScores ? random.Next(rfmGroups.Length) : null, RetentionState = hasScores ? random.Next(1, 5) : null,
            ProbabilityAlive = hasModel ? random.Next(5) / 4.0 : null, ExpectedPurchases = hasModel ? random.Next(8) / 2.0 : null, CltvMinor = hasModel ? random.Next(3) * 1000 : null,
            Identities = identities,
        }, orders, interactions);
    }

    public async Task SaveAsync(TenantDb db)
    {
        await db.ExecuteAsync(InsertFit, new { Now = now, Id = Fit }, default);
        foreach (var (id, facts, orders, interactions) in All)
        {
            await db.ExecuteAsync(InsertCustomer, new
            {
                Id = id, facts.Name, NameKey = NameKey.Of(facts.Name), facts.Email, facts.Company, facts.BirthDate, facts.Language, facts.TimeZone, facts.Country,
                facts.Region, facts.City, facts.PostalCode, facts.FirstSeenAt, facts.LastSeenAt, facts.CreatedAt,
            }, default);
            foreach (var identity in facts.Identities)
                await db.ExecuteAsync(InsertIdentity, new
                {
                    Id = Id<Identity>.New(), CustomerId = id, Kind = (int)identity.Kind, identity.Source, Value = id.ToString(), ValueKey = Encoding.UTF8.GetBytes(id.ToString()), identity.IsVerified, Now = now,
                }, default);
            foreach (var (at, spend, isCounted) in orders)
                await db.ExecuteAsync(InsertOrder, new { Id = Id<CustomerCrm.Orders.Order>.New(), CustomerId = id, At = at, Spend = spend, Key = spend ?? -1, IsCounted = isCounted }, default);
            if (orders.Count > 0)
                await db.ExecuteAsync(InsertFigures, new { CustomerId = id, facts.OrderCount, facts.SpendMinor, facts.FirstOrderAt, facts.LastOrderAt }, default);
            foreach (var interaction in interactions)
                await db.ExecuteAsync(InsertInteraction, new { interaction.Id, CustomerId = id, Channel = (int)interaction.Channel, Direction = (int)interaction.Direction, interaction.OccurredAt }, default);
            if (facts.RecencyScore is not null)
                await db.ExecuteAsync(InsertScore, new
                {
                    CustomerId = id, Fit, facts.RecencyScore, facts.FrequencyScore, facts.MonetaryScore, facts.RfmGroup, facts.RetentionState,
                    facts.ProbabilityAlive, facts.ExpectedPurchases, facts.CltvMinor, Now = now,
                }, default);
        }
    }

    private static readonly byte[] Fit = [1, .. new byte[15]];

    private static readonly TenantSql InsertCustomer = TenantSql.Of("""
        INSERT INTO Customers (TenantId, Id, Name, NameKey, Email, Company, BirthDate, Language, TimeZone, Country, Region, City, PostalCode, FirstSeenAt, LastSeenAt, Revision, CreatedAt, UpdatedAt)
        VALUES (@TenantId, @Id, @Name, @NameKey, @Email, @Company, @BirthDate, @Language, @TimeZone, @Country, @Region, @City, @PostalCode, @FirstSeenAt, @LastSeenAt, 1, @CreatedAt, @CreatedAt)
        """);

    private static readonly TenantSql InsertIdentity = TenantSql.Of("""
        INSERT INTO Identities (TenantId, Id, CustomerId, Kind, Source, Value, ValueKey, IsVerified, IsPrimary, Revision, CreatedAt, UpdatedAt)
        VALUES (@TenantId, @Id, @CustomerId, @Kind, @Source, @Value, @ValueKey, @IsVerified, 0, 1, @Now, @Now)
        """);

    private static readonly TenantSql InsertOrder = TenantSql.Of("""
        INSERT INTO Orders (TenantId, Id, CustomerId, PlacedAt, Currency, LinesMinor, DiscountMinor, TaxMinor, IsTaxIncluded, ShippingMinor, RefundedMinor, RefundedGoodsMinor,
            SpendMinor, SpendTenantMinor, SpendKey, PaymentStatus, FulfillmentStatus, IsCounted, Revision, CreatedAt, UpdatedAt)
        VALUES (@TenantId, @Id, @CustomerId, @At, 'EUR', 0, 0, 0, 0, 0, 0, 0, 0, @Spend, @Key, 3, 1, @IsCounted, 1, @At, @At)
        """);

    private static readonly TenantSql InsertFigures = TenantSql.Of("""
        INSERT INTO CustomerFigures (TenantId, CustomerId, OrderCount, SpendMinor, LeftOutCount, FirstOrderAt, LastOrderAt)
        VALUES (@TenantId, @CustomerId, @OrderCount, @SpendMinor, 0, @FirstOrderAt, @LastOrderAt)
        """);

    private static readonly TenantSql InsertInteraction = TenantSql.Of("""
        INSERT INTO Interactions (TenantId, Id, CustomerId, Channel, Direction, OccurredAt, Revision, CreatedAt, UpdatedAt)
        VALUES (@TenantId, @Id, @CustomerId, @Channel, @Direction, @OccurredAt, 1, @OccurredAt, @OccurredAt)
        """);

    private static readonly TenantSql InsertFit = TenantSql.Of("""
        INSERT INTO Fits (TenantId, Id, AsOf, IsPublished, Status, Revision, CreatedAt)
        VALUES (@TenantId, @Id, @Now, 1, 3, 1, @Now)
        """);

    private static readonly TenantSql InsertScore = TenantSql.Of("""
        INSERT INTO CustomerScores (TenantId, CustomerId, FitId, AsOf, Currency, PurchaseDays, DaysSinceLast, SpendMinor, RecencyScore, FrequencyScore, MonetaryScore,
            RfmGroup, RetentionState, ProbabilityAlive, ExpectedPurchases, CltvMinor, IsSufficient, ReasonCode)
        VALUES (@TenantId, @CustomerId, @Fit, @Now, 'EUR', 1, 1, 1, @RecencyScore, @FrequencyScore, @MonetaryScore,
            @RfmGroup, @RetentionState, @ProbabilityAlive, @ExpectedPurchases, @CltvMinor, 1, 'sufficient')
        """);
}
