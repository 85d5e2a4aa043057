using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;

namespace CustomerCrm.Benchmarks.Http;

/// <summary>The same customers in both databases, written straight into the files while no server runs.</summary>
internal static class Shop
{
    private const string Time = "2026-01-01 09:00:00";

    public static byte[] IdOf(int number)
    {
        var bytes = new byte[16];
        BitConverter.TryWriteBytes(bytes, 0x0198_0000_0000_7000L);
        if (BitConverter.IsLittleEndian) Array.Reverse(bytes, 0, 8);
        bytes[8] = 0x80;
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(12), number);
        return bytes;
    }

    /// <summary>So many customers, each with an e-mail address, a phone number and the words of the name.</summary>
    public static void AddToProduct(string file, int tenantId, int count)
    {
        using var connection = Open(file);
        using var transaction = connection.BeginTransaction();
        foreach (var (table, columns, values) in ProductRows)
            using (var insert = new SqliteCommand($"INSERT INTO {table} (TenantId, {columns}) VALUES ({tenantId.ToString(CultureInfo.InvariantCulture)}, {values})", connection, transaction))
                for (var n = 0; n < count; n++) Run(insert, n);
        transaction.Commit();
        connection.Execute("ANALYZE; PRAGMA wal_checkpoint(TRUNCATE);");
    }

    public static void AddToBare(string file, int count)
    {
        using var connection = Open(file);
        using var transaction = connection.BeginTransaction();
        using var insert = new SqliteCommand("""
            INSERT INTO Customers (Id, Name, FirstName, LastName, Email, Phone, Country, City, PostalCode, Revision, CreatedAt, UpdatedAt)
            VALUES (@n + 1, 'Ada Byron ' || @n, 'Ada', 'Byron ' || @n, 'ada' || @n || '@example.com', '+1' || (2000000000 + @n), 'GB', 'London', 'SW1', 1, '2026-01-01T09:00:00Z', '2026-01-01T09:00:00Z')
            """, connection, transaction);
        for (var n = 0; n < count; n++) Run(insert, n);
        transaction.Commit();
        connection.Execute("ANALYZE; PRAGMA wal_checkpoint(TRUNCATE);");
    }

    /// <summary>A hundred interactions for the first hundred customers, in both.</summary>
    public static void AddInteractions(string productFile, int tenantId, string bareFile)
    {
        using var product = Open(productFile);
        using var bare = Open(bareFile);
        using var inProduct = product.BeginTransaction();
        using var inBare = bare.BeginTransaction();
        for (var n = 0; n < 10_000; n++)
        {
            var at = new DateTime(2026, 1, 1, 9, 0, 0, DateTimeKind.Utc).AddMinutes(n);
            product.Execute("""
                INSERT INTO Interactions (TenantId, Id, CustomerId, Channel, Direction, OccurredAt, Subject, Outcome, Revision, CreatedAt, UpdatedAt)
                VALUES (@tenantId, @id, @customer, 1, 1, @at, 'Where is my order?', 'answered', 1, @at, @at)
                """, new { tenantId, id = IdOf(n), customer = IdOf(n / 100), at }, inProduct);
            bare.Execute("""
                INSERT INTO Interactions (CustomerId, Kind, OccurredAt, Channel, Direction, Title, Outcome)
                VALUES (@customer, 'interaction', @at, 'email', 'inbound', 'Where is my order?', 'answered')
                """, new { customer = n / 100 + 1, at = at.ToString("O") }, inBare);
        }
        inProduct.Commit();
        inBare.Commit();
    }

    public static int TenantOf(string file)
    {
        using var connection = Open(file);
        return connection.ExecuteScalar<int>("SELECT MIN(TenantId) FROM Tenants");
    }

    private static readonly (string Table, string Columns, string Values)[] ProductRows =
    [
        ("Customers", "Id, Name, NameKey, FirstName, LastName, Email, Phone, Country, City, PostalCode, LastSeenAt, Revision, CreatedAt, UpdatedAt",
            $"@id, 'Ada Byron ' || @n, 'ada byron ' || @n, 'Ada', 'Byron ' || @n, 'ada' || @n || '@example.com', '+1' || (2000000000 + @n), 'GB', 'London', 'SW1', '{Time}', 1, '{Time}', '{Time}'"),
        ("Identities", "Id, CustomerId, Kind, Source, Value, ValueKey, IsVerified, IsPrimary, Revision, CreatedAt, UpdatedAt",
            $"@id, @id, 1, '', 'ada' || @n || '@example.com', CAST('ada' || @n || '@example.com' AS BLOB), 0, 1, 1, '{Time}', '{Time}'"),
        ("Identities", "Id, CustomerId, Kind, Source, Value, ValueKey, IsVerified, IsPrimary, Revision, CreatedAt, UpdatedAt",
            $"@second, @id, 2, '', '+1' || (2000000000 + @n), CAST('+1' || (2000000000 + @n) AS BLOB), 0, 1, 1, '{Time}', '{Time}'"),
        ("CustomerWords", "Word, CustomerId", "CAST('byron' AS BLOB), @id"),
    ];

    private static void Run(SqliteCommand insert, int n)
    {
        insert.Parameters.Clear();
        insert.Parameters.AddWithValue("@n", n);
        var id = IdOf(n);
        insert.Parameters.AddWithValue("@id", id);
        var second = (byte[])id.Clone();
        second[9] = 1;
        insert.Parameters.AddWithValue("@second", second);
        insert.ExecuteNonQuery();
    }

    private static SqliteConnection Open(string file)
    {
        var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        connection.Execute("PRAGMA cache_size = -200000");
        return connection;
    }
}
