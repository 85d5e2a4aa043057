using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Answers = Microsoft.AspNetCore.Http.Results;

namespace CustomerCrm.Benchmarks.Http;

/// <summary>
/// The least that ASP.NET Core, Dapper and SQLite can do for the same requests, with the same columns: no tenant, no key, no
/// checks, a connection from the driver's pool for each request, and a commit for each write.
/// </summary>
internal static class BareServer
{
    private const string Columns = "Id, Name, FirstName, LastName, Email, Phone, Company, BirthDate, Language, TimeZone, Country, Region, City, PostalCode, Address, FirstSeenAt, LastSeenAt, Cltv, Revision, CreatedAt, UpdatedAt";

    public static async Task<int> RunAsync(string url, string file)
    {
        var builder = WebApplication.CreateSlimBuilder(["--hostBuilder:reloadConfigOnChange=false"]);
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url);
        var app = builder.Build();
        var connectionString = $"Data Source={file};Pooling=True";

        SqliteConnection Open(bool forWriting = false)
        {
            var connection = new SqliteConnection(connectionString);
            connection.Open();
            if (forWriting) connection.Execute("PRAGMA synchronous = FULL");
            return connection;
        }

        using (var setUp = Open()) setUp.Execute(Schema);

        app.MapGet("/customers/{id:long}", (long id) =>
        {
            using var connection = Open();
            return connection.QueryFirstOrDefault<Customer>($"SELECT {Columns} FROM Customers WHERE Id = @id", new { id }) is { } found ? Answers.Ok(found) : Answers.NotFound();
        });
        app.MapGet("/customers", () =>
        {
            using var connection = Open();
            return Answers.Ok(connection.Query<Customer>($"SELECT {Columns} FROM Customers ORDER BY Id DESC LIMIT 50").AsList());
        });
        app.MapPost("/customers", (NewCustomer request) =>
        {
            using var connection = Open(forWriting: true);
            var id = connection.ExecuteScalar<long>(
                "INSERT INTO Customers (Name, Email, Phone, Revision, CreatedAt, UpdatedAt) VALUES (@Name, @Email, @Phone, 1, @At, @At) RETURNING Id",
                new { request.Name, request.Email, request.Phone, At = TimeProvider.System.GetUtcNow().ToString("O") });
            return Answers.Created($"/customers/{id}", new { id });
        });
        app.MapGet("/customers/{id:long}/timeline", (long id) =>
        {
            using var connection = Open();
            return Answers.Ok(connection.Query<Entry>("SELECT Kind, OccurredAt, Id, Channel, Direction, Title, Outcome FROM Interactions WHERE CustomerId = @id ORDER BY OccurredAt DESC, Id DESC LIMIT 50", new { id }).AsList());
        });
        await app.RunAsync();
        return 0;
    }

    private const string Schema = """
        PRAGMA journal_mode = WAL;
        CREATE TABLE IF NOT EXISTS Customers (
            Id INTEGER PRIMARY KEY, Name TEXT, FirstName TEXT, LastName TEXT, Email TEXT, Phone TEXT, Company TEXT, BirthDate TEXT, Language TEXT, TimeZone TEXT,
            Country TEXT, Region TEXT, City TEXT, PostalCode TEXT, Address TEXT, FirstSeenAt TEXT, LastSeenAt TEXT, Cltv INTEGER, Revision INTEGER NOT NULL, CreatedAt TEXT NOT NULL, UpdatedAt TEXT NOT NULL);
        CREATE INDEX IF NOT EXISTS IX_Email ON Customers (Email);
        CREATE TABLE IF NOT EXISTS Interactions (Id INTEGER PRIMARY KEY, CustomerId INTEGER NOT NULL, Kind TEXT, OccurredAt TEXT NOT NULL, Channel TEXT, Direction TEXT, Title TEXT, Outcome TEXT);
        CREATE INDEX IF NOT EXISTS IX_Customer ON Interactions (CustomerId, OccurredAt, Id);
        """;

    internal sealed record Customer
    {
        public long Id { get; init; }
        public string? Name { get; init; }
        public string? FirstName { get; init; }
        public string? LastName { get; init; }
        public string? Email { get; init; }
        public string? Phone { get; init; }
        public string? Company { get; init; }
        public string? BirthDate { get; init; }
        public string? Language { get; init; }
        public string? TimeZone { get; init; }
        public string? Country { get; init; }
        public string? Region { get; init; }
        public string? City { get; init; }
        public string? PostalCode { get; init; }
        public string? Address { get; init; }
        public string? FirstSeenAt { get; init; }
        public string? LastSeenAt { get; init; }
        public long? Cltv { get; init; }
        public int Revision { get; init; }
        public string? CreatedAt { get; init; }
        public string? UpdatedAt { get; init; }
    }

    internal sealed record NewCustomer(string Name, string? Email, string? Phone);

    internal sealed record Entry
    {
        public string? Kind { get; init; }
        public string? OccurredAt { get; init; }
        public long Id { get; init; }
        public string? Channel { get; init; }
        public string? Direction { get; init; }
        public string? Title { get; init; }
        public string? Outcome { get; init; }
    }
}
