using System.Globalization;
using System.Text;
using CustomerCrm.Benchmarks.Http;
using CustomerCrm.Benchmarks.Scale;
using CustomerCrm.Search;
using CustomerCrm.Tickets.Searching;
using Dapper;
using Microsoft.Data.Sqlite;

namespace CustomerCrm.Benchmarks.Tickets;

/// <summary>
/// Tickets over two years, ten for a customer, each with a conversation and what the search knows of it, written straight into the file. Nearly all are
/// closed, as they are where tickets are worked at; some words, tags and queues are common and some are rare.
/// </summary>
internal sealed class ManyTickets(string file, int tenantId, int tickets, DateTime now)
{
    private const int OfEach = 10, Agents = 200, Teams = 8;
    private static readonly string[] things = ["parcel", "invoice", "teapot", "lamp", "refund", "address", "voucher", "chair", "password", "return"];
    private static readonly string[] troubles = ["late", "broken", "missing", "wrong", "twice", "lost", "changed", "open"];
    private readonly string tenant = tenantId.ToString(CultureInfo.InvariantCulture);

    public static byte[] TicketId(int n) => Shop.IdOf(20_000_000 + n);
    public static byte[] AgentId(int n) => Shop.IdOf(40_000_000 + n % Agents);
    public static byte[] TeamId(int n) => Shop.IdOf(41_000_000 + n % Teams);

    public static string Subject(int n) => string.Create(CultureInfo.InvariantCulture, $"The {things[n % 10]} is {troubles[n / 10 % 8]}");

    /// <summary>A word that ten tickets hold.</summary>
    public static string RareWord(int n) => string.Create(CultureInfo.InvariantCulture, $"q{n / 10}x");

    public void Fill()
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        // The file is thrown away if this fails. The product puts its own mode back when it starts.
        connection.Execute("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE; PRAGMA foreign_keys = OFF; PRAGMA cache_size = -800000; PRAGMA threads = 2;");
        var indexes = connection.Query<(string Name, string Sql)>("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ('Tickets', 'TicketTags', 'Conversations', 'Customers', 'SearchDocuments')").AsList();
        foreach (var (name, _) in indexes) connection.Execute($"DROP INDEX {name}");
        connection.Execute("BEGIN TRANSACTION");
        People(connection);
        Rows(connection);
        connection.Execute($"INSERT INTO TicketNumbers (TenantId, LastNumber) VALUES ({tenant}, {tickets}); INSERT INTO SearchStates (TenantId, LastNumber) VALUES ({tenant}, {tickets}); COMMIT TRANSACTION;");
        foreach (var (_, sql) in indexes) connection.Execute(sql, commandTimeout: 0);
    }

    private void People(SqliteConnection connection)
    {
        using var customer = Insert(connection, "Customers", "Id, Name, NameKey, FirstSeenAt, LastSeenAt, CreatedAt, UpdatedAt, Revision", "?1, ?2, ?2, '2024-01-01 09:00:00', '2024-01-01 09:00:00', '2024-01-01 09:00:00', '2024-01-01 09:00:00', 1");
        for (var n = 0; n <= tickets / OfEach; n++) customer.With(Shop.IdOf(n)).With($"customer {n}").Run();
        using var team = Insert(connection, "Teams", "Id, Name, NameKey, Revision, CreatedAt, UpdatedAt", "?1, ?2, ?2, 1, '2024-01-01 09:00:00', '2024-01-01 09:00:00'");
        for (var n = 0; n < Teams; n++) team.With(TeamId(n)).With($"team {n}").Run();
        foreach (var (n, name) in new[] { "common", "rare" }.Index())
            connection.Execute($"INSERT INTO Tags (TenantId, Id, Name, NameKey, Revision, CreatedAt, UpdatedAt) VALUES ({tenant}, @id, @name, @key, 1, @now, @now)", new { id = Shop.IdOf(42_000_000 + n), name, key = CustomFields.Values.FieldKey.Beginning(name), now });
    }

    private void Rows(SqliteConnection connection)
    {
        using var ticket = Insert(connection, "Tickets", "Id, Number, CustomerId, ConversationId, Category, Type, Priority, Subject, Channel, AssigneeId, TeamId, ReopenCount, CustomerRepliedAt, SolvedAt, ClosedAt, SourceKind, Revision, CreatedAt, UpdatedAt",
            "?1, ?2, ?3, ?1, ?4, 1, ?5, ?6, 3, ?7, ?8, 0, ?9, CASE WHEN ?4 >= 5 THEN ?10 END, CASE WHEN ?4 = 6 THEN ?10 END, 'api', 1, ?9, ?10");
        using var conversation = Insert(connection, "Conversations", "Id, CustomerId, State, Channel, Subject, LastNumber, LastMessage, LastEntryAt, LastCustomerAt, ReopenCount, Revision, CreatedAt, UpdatedAt", "?1, ?2, 1, 3, ?3, 0, 0, ?4, ?4, 0, 1, ?4, ?4");
        using var tag = Insert(connection, "TicketTags", "TicketId, TagId, AddedAt", "?1, ?2, '2026-01-01 09:00:00'");
        using var document = Insert(connection, "SearchDocuments", "Number, Kind, RecordKey, CustomerKey, TitleWords, BodyWords, SourceUpdatedAt", "?1, 7, ?2, ?3, ?4, ?5, ?6");
        using var index = new RawInsert(connection, $"INSERT INTO SearchIndex (rowid, Title, Body) VALUES ({tenant} * 4294967296 + ?1, ?2, ?3)");
        for (var n = 0; n < tickets; n++)
        {
            var (id, customer, subject) = (TicketId(n), Shop.IdOf(n / OfEach), Subject(n));
            var created = Text(now.AddMinutes((n - tickets) * (2.0 * 365 * 24 * 60 / tickets)));
            var updated = Text(now.AddMinutes(Math.Min(0, (n - tickets) * (2.0 * 365 * 24 * 60 / tickets) + n * 37 % 20_000)));
            ticket.With(id).With(n + 1).With(customer).With(Category(n)).With(1 + (n * 7 % 100) switch { < 30 => 0, < 80 => 1, < 98 => 2, _ => 3 }).With(subject).With(AgentId(n * 13)).With(TeamId(n * 5)).WithText(created).WithText(updated).Run();
            conversation.With(id).With(customer).With(subject).WithText(created).Run();
            if (n % 10 == 3) tag.With(id).With(Shop.IdOf(42_000_000)).Run();
            if (n % 2000 == 7) tag.With(id).With(Shop.IdOf(42_000_001)).Run();
            var (title, body) = (string.Join(' ', SearchTokens.Of(string.Create(CultureInfo.InvariantCulture, $"{n + 1} {subject}"))), $"hello where is my {RareWord(n)} thing please {TicketWords.Mark}");
            document.With(n + 1).With(id).With(customer).With(title).With(body).WithText(updated).Run();
            index.With(n + 1).With(Terms(title)).With(Terms(body)).Run();
        }
    }

    // The latest two thousand are worked at, and some of all others were forgotten.
    private int Category(int n) => n >= tickets - 2000 ? 1 + n % 4 : n % 997 == 0 ? 4 : n >= tickets - 30_000 ? 5 : 6;

    private string Terms(string words) => string.Join(' ', words.Split(' ').Select(word => SearchIndex.Term(tenantId, word)));

    private static byte[] Text(DateTime time) => Encoding.ASCII.GetBytes(time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture));

    private RawInsert Insert(SqliteConnection connection, string table, string columns, string values) => new(connection, $"INSERT INTO {table} (TenantId, {columns}) VALUES ({tenant}, {values})");
}
