using System.Text;
using System.Text.Json;
using CustomerCrm.CustomFields;
using CustomerCrm.CustomFields.Values;
using CustomerCrm.Customers;
using CustomerCrm.Customers.Identities;
using CustomerCrm.Customers.Identities.Forms;
using CustomerCrm.Customers.Searching;
using CustomerCrm.Interactions;
using CustomerCrm.Platform.Data;
using CustomerCrm.Segments;
using CustomerCrm.Segments.Rules;
using CustomerCrm.Segments.Rules.Conditions;
using CustomerCrm.Segments.Rules.Fields;
using CustomerCrm.Tenant;
using CustomerCrm.Track;

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

    /// <summary>Now, the edges of spans of days, hours and the calendar, and a tick beside them.</summary>
    public static readonly DateTimeOffset[] Times =
    [
        now, now.AddTicks(1), now.AddMinutes(-30), now.AddHours(-2), now.AddHours(-2).AddTicks(-1), now.AddHours(-9), now.AddHours(-9).AddTicks(-1), now.AddDays(-1), now.AddDays(-14),
        now.AddDays(-30), now.AddDays(-30).AddTicks(-1), now.AddDays(-90), now.AddDays(-90).AddTicks(1), now.AddDays(-400), now.AddDays(5),
    ];

    public static readonly string[] EventNames = ["viewed", "Viewed", "bought"], Skus = ["TEA-1", "tea-1", "CUP"];

    public static readonly string[] PropertyTexts =
        ["{}", """{"sku":"TEA-1"}""", """{"sku":"tea-1","price":5}""", """{"Sku":"TEA-1","price":5.5}""", """{"price":"5","gift":true}""", """{"price":-1e3,"gift":false,"sku":null}""", """{"a \"b\".c":{"sku":"TEA-1"},"price":[5]}"""];

    /// <summary>A segment kept by hand, with some of the people in it.</summary>
    public Id<Segment> Regulars { get; } = Id<Segment>.New();

    public required IReadOnlyList<Person> All { get; init; }

    internal sealed record Bought(DateTimeOffset At, long? Spend, bool IsCounted, IReadOnlyList<(string? Sku, string Name, int Quantity)> Lines);

    internal sealed record Person(
        Id<Customer> Id, CustomerFacts Facts, IReadOnlyList<Bought> Orders, IReadOnlyList<Interaction> Interactions, IReadOnlyList<(string Name, DateTimeOffset At, string? Properties)> Events, bool IsRegular)
    {
        /// <summary>The model's own count of what a rule asks.</summary>
        public SeenCustomer Seen(SegmentRule rule)
        {
            var seen = new SeenCustomer { At = Now, Facts = Facts };
            foreach (var test in rule.Everything.Select(part => part.Test).OfType<IRuleTest>()) seen.Tests[test] = SeenBy(test);
            return seen;
        }

        private object SeenBy(IRuleTest asked)
        {
            switch (asked)
            {
                case OrderTest test:
                    var within = Orders.Where(o => o.IsCounted && IsWithin(test, o.At)).ToArray();
                    return new OrdersSeen { Count = within.Length, SpendMinor = within.Sum(o => o.Spend ?? 0) };
                case InteractionTest test:
                    return new CountSeen(Interactions.Count(i => IsWithin(test, i.OccurredAt)
                        && (test.Channels is null || test.Channels.Contains(i.Channel)) && (test.Direction is null || test.Direction == i.Direction)));
                case EventTest test:
                    var done = Events.Where(e => e.Name == test.Name && IsWithin(test, e.At) && (test.Where ?? []).All(wanted => IsLike(wanted, e.Properties))).ToArray();
                    return new EventsSeen { Count = done.Length, LastAt = done.Length == 0 ? null : done.Max(e => e.At) };
                case ProductTest test:
                    var lines = Orders.Where(o => o.IsCounted && IsWithin(test, o.At)).SelectMany(o => o.Lines)
                        .Where(l => test.Skus is not null ? test.Skus.Any(sku => sku == l.Sku) : test.Names!.Any(name => name == l.Name));
                    return new ProductsSeen { Quantity = lines.Sum(l => l.Quantity), LastBoughtAt = null };
                case SequenceTest test:
                    var firsts = Events.Where(e => e.Name == test.First && IsWithin(test, e.At));
                    var answers = firsts.Select(x => (x.At, Then: Events.Where(y => y.Name == test.Then && y.At > x.At && y.At - x.At <= TimeSpan.FromMinutes(test.GapMinutes!.Value)).Select(y => (DateTimeOffset?)y.At).FirstOrDefault()));
                    var fitting = answers.Where(pair => test.IsFollowed ? pair.Then is not null : pair.Then is null && pair.At.AddMinutes(test.GapMinutes!.Value) <= now).ToArray();
                    return new SequenceSeen { FirstAt = fitting.Length == 0 ? null : fitting[0].At, ThenAt = fitting.Length == 0 ? null : fitting[0].Then };
                default:
                    return new MemberSeen(IsRegular, null);
            }
        }

        private static bool IsLike(PropertyTest wanted, string? properties)
        {
            if (properties is null || !JsonElement.Parse(properties).TryGetProperty(wanted.Property, out var has)) return false;
            if (wanted.Op == "is_set") return has.ValueKind != JsonValueKind.Null;
            if (wanted.Value is not { ValueKind: JsonValueKind.Number } number) return has.ValueKind == wanted.Value!.Value.ValueKind && has.ToString() == wanted.Value.Value.ToString();
            if (has.ValueKind != JsonValueKind.Number) return false;
            var order = has.GetDouble().CompareTo(number.GetDouble());
            return wanted.Op switch { "eq" => order == 0, "gte" => order >= 0, "gt" => order > 0, "lte" => order <= 0, _ => order < 0 };
        }

        private static bool IsWithin(TimeSpanTest test, DateTimeOffset at) => test switch
        {
            { WithinDays: { } days } => at >= now.AddDays(-days) && at <= now,
            { WithinHours: { } hours } => at >= now.AddHours(-hours) && at <= now,
            { Period: { } period } => IsIn(period, DateOnly.FromDateTime(at.UtcDateTime), DateOnly.FromDateTime(now.UtcDateTime)),
            _ => (test.From is null || at >= test.From) && (test.To is null || at < test.To),
        };

        // Told from the day itself, not from the ends of the period; the tenant is in UTC and its week begins on Monday.
        private static bool IsIn(Period period, DateOnly day, DateOnly today) => period switch
        {
            Period.Today => day == today,
            Period.Yesterday => day.AddDays(1) == today,
            Period.ThisWeek => WeekOf(day) == WeekOf(today),
            Period.LastWeek => WeekOf(day) + 1 == WeekOf(today),
            Period.ThisMonth => MonthOf(day) == MonthOf(today),
            Period.LastMonth => MonthOf(day) + 1 == MonthOf(today),
            Period.ThisQuarter => MonthOf(day) / 3 == MonthOf(today) / 3,
            Period.LastQuarter => MonthOf(day) / 3 + 1 == MonthOf(today) / 3,
            Period.ThisYear => day.Year == today.Year,
            _ => day.Year + 1 == today.Year,
        };

        private static int WeekOf(DateOnly day) => day.DayNumber / 7; // day 0 was a Monday

        private static int MonthOf(DateOnly day) => day.Year * 12 + day.Month - 1;
    }

    public static RuleMoment Now { get; } = new(now, TenantCalendar.In("UTC"), DayOfWeek.Monday);

    /// <summary>Values for a rule: those the people have, and others.</summary>
    public static object[] ValuesOf(SegmentField field) => (field.Name, field.Type) switch
    {
        ("custom_fields.motto", _) => ["carpe", "Carpe", "carpe diem", "CARPE", "x", "2030-01-15"],
        ("custom_fields.score", _) => [-1.5, 0, 2, 2.5, 1000000000000],
        ("custom_fields.is_vip", _) => [true, false],
        ("custom_fields.renews_on", _) => ["2029-12-31", "2030-01-15", "2030-06-30"],
        ("custom_fields.unknown", _) => ["carpe", 5],
        ("tag", _) => ["VIP", "vip", "wholesale", "nobody's"],
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
        ("birthday", _) => [0, 1, 135, 136, 137, 365],
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
        var orders = Enumerable.Range(0, random.Next(5)).Select(_ => new Bought(Sometime(), Perhaps(0L, 1L, 1000L, 1500L), random.Next(4) > 0,
            [.. Enumerable.Range(0, random.Next(3)).Select(_ => (Maybe(Skus), EventNames[random.Next(2)], random.Next(1, 4)))])).ToArray();
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
            Identities = identities, CustomFields = Own(random), Tags = [.. new[] { "VIP", "Wholesale", "late payer" }.Where(_ => random.Next(3) == 0)],
        }, orders, interactions, [.. Enumerable.Range(0, random.Next(6)).Select(_ => (EventNames[random.Next(3)], Sometime(), Maybe(PropertyTexts)))], random.Next(2) == 0);
    }

    /// <summary>Questions about the fields of the people's own, and about one that nobody has.</summary>
    public static readonly SegmentField[] OwnFields = [.. new[] { "motto", "score", "is_vip", "renews_on", "unknown" }.Select(name => new CustomFieldQuestion(name))];

    private static CustomFieldValues Own(Random random) => new (string Name, object[] Values)[]
    {
        ("motto", ["carpe", "Carpe diem", "Carpe", "x"]), ("score", [-1.5, 0, 2, 1000000000000]), ("is_vip", [true, false]), ("renews_on", ["2030-01-15", "2030-06-30"]),
    }.Where(_ => random.Next(3) > 0).Aggregate(CustomFieldValues.None, (values, field) => values.With((field.Name, JsonSerializer.SerializeToElement(field.Values[random.Next(field.Values.Length)]))));

    public async Task SaveAsync(TenantDb db)
    {
        var fields = new[] { "motto", "score", "is_vip", "renews_on" }.ToDictionary(name => name, _ => Id<CustomField>.New());
        foreach (var (name, id) in fields) await db.ExecuteAsync(InsertField, new { Id = id, Name = name, Now = now }, default);
        foreach (var tag in new[] { "VIP", "Wholesale", "late payer" })
            await db.ExecuteAsync(InsertTag, new { Id = Id<CustomerCrm.Tags.Tag>.New(), Name = tag, NameKey = FieldKey.Beginning(tag), Now = now }, default);
        await db.ExecuteAsync(InsertFit, new { Now = now, Id = Fit }, default);
        await db.ExecuteAsync(InsertSegment, new { Id = Regulars, Now = now }, default);
        foreach (var (id, facts, orders, interactions, events, isRegular) in All)
        {
            await db.ExecuteAsync(InsertCustomer, new
            {
                Id = id, facts.Name, NameKey = NameKey.Of(facts.Name), facts.Email, facts.Company, facts.BirthDate, facts.Language, facts.TimeZone, facts.Country,
                facts.Region, facts.City, facts.PostalCode, facts.FirstSeenAt, facts.LastSeenAt, facts.CreatedAt,
            }, default);
            if (facts.CustomFields != CustomFieldValues.None) await db.ExecuteAsync(CustomerFields.Owner.Tables.InsertText, new { OwnerId = id, facts.CustomFields.Text }, default);
            foreach (var (name, value) in facts.CustomFields.ByName)
                await db.ExecuteAsync(CustomerFields.Owner.Tables.AddValue, new { OwnerId = id, FieldId = fields[name], ValueKey = FieldKey.Of(value) }, default);
            foreach (var tag in facts.Tags) await db.ExecuteAsync(InsertCustomerTag, new { CustomerId = id, NameKey = FieldKey.Beginning(tag), Now = now }, default);
            foreach (var identity in facts.Identities)
                await db.ExecuteAsync(InsertIdentity, new
                {
                    Id = Id<Identity>.New(), CustomerId = id, Kind = (int)identity.Kind, identity.Source, Value = id.ToString(), ValueKey = Encoding.UTF8.GetBytes(id.ToString()), identity.IsVerified, Now = now,
                }, default);
            foreach (var order in orders)
            {
                var orderId = Id<CustomerCrm.Orders.Order>.New();
                await db.ExecuteAsync(InsertOrder, new { Id = orderId, CustomerId = id, order.At, order.Spend, Key = order.Spend ?? -1, order.IsCounted }, default);
                for (var i = 0; i < order.Lines.Count; i++)
                    await db.ExecuteAsync(InsertLine, new { OrderId = orderId, Position = i + 1, order.Lines[i].Sku, order.Lines[i].Name, order.Lines[i].Quantity }, default);
            }
            foreach (var (name, at, properties) in events)
                await db.ExecuteAsync(InsertEvent, new { Id = Id<TrackedEvent>.New(), CustomerId = id, Name = name, NameKey = Encoding.UTF8.GetBytes(name), Properties = properties, At = at, Ticks = at.UtcTicks }, default);
            if (isRegular) await db.ExecuteAsync(InsertMember, new { SegmentId = Regulars, CustomerId = id, Now = now }, default);
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

    private static readonly TenantSql InsertField = TenantSql.Of("""
        INSERT INTO CustomFields (TenantId, Id, Resource, Name, Label, Type, Revision, CreatedAt, UpdatedAt)
        VALUES (@TenantId, @Id, 1, @Name, @Name, 1, 1, @Now, @Now)
        """);

    private static readonly TenantSql InsertTag = TenantSql.Of("""
        INSERT INTO Tags (TenantId, Id, Name, NameKey, Revision, CreatedAt, UpdatedAt)
        VALUES (@TenantId, @Id, @Name, @NameKey, 1, @Now, @Now)
        """);

    private static readonly TenantSql InsertCustomerTag = TenantSql.Of("""
        INSERT INTO CustomerTags (TenantId, CustomerId, TagId, AddedAt)
        SELECT t.TenantId, @CustomerId, t.Id, @Now
        FROM Tags t
        WHERE t.TenantId = @TenantId AND t.NameKey = @NameKey
        """);

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

    private static readonly TenantSql InsertLine = TenantSql.Of("""
        INSERT INTO OrderLines (TenantId, OrderId, Position, Sku, Name, Quantity, UnitPriceMinor, DiscountMinor)
        VALUES (@TenantId, @OrderId, @Position, @Sku, @Name, @Quantity, 1, 0)
        """);

    private static readonly TenantSql InsertEvent = TenantSql.Of("""
        INSERT INTO TrackedEvents (TenantId, Id, CustomerId, Name, NameKey, Properties, OccurredAt, OccurredTicks, Origin, ReceivedAt)
        VALUES (@TenantId, @Id, @CustomerId, @Name, @NameKey, @Properties, @At, @Ticks, 1, @At)
        """);

    private static readonly TenantSql InsertSegment = TenantSql.Of("""
        INSERT INTO Segments (TenantId, Id, Name, Kind, RuleRevision, Status, Size, SizeAsOf, Revision, CreatedAt, UpdatedAt)
        VALUES (@TenantId, @Id, 'Regulars', 1, 1, 1, 0, @Now, 1, @Now, @Now)
        """);

    private static readonly TenantSql InsertMember = TenantSql.Of("""
        INSERT INTO SegmentMembers (TenantId, SegmentId, CustomerId, JoinedAt)
        VALUES (@TenantId, @SegmentId, @CustomerId, @Now)
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
