using System.Globalization;
using System.Text.Json;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Platform.Records;

/// <summary>
/// Everything that is kept of a record, from every table it has rows in, for whom it is about. The tables are those that go into the bin with it, which a test
/// holds equal to the schema: so nothing is forgotten that is added later.
/// </summary>
public sealed class RecordCopy
{
    private readonly TenantDb db;
    private readonly RecordColumns columns;

    internal RecordCopy(TenantDb db, RecordColumns columns) => (this.db, this.columns) = (db, columns);

    /// <param name="kind">What it is.</param>
    /// <param name="recordId">Its id.</param>
    /// <param name="leftOut">Tables that say nothing of it: indexes and locks of the program.</param>
    /// <param name="wordOf">Of a table, a column and a number in it: the word that the number stands for; null where it is a number.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>Rows by table, both in names of the wire. Keys and fingerprints are left out; ids are UUIDs, times are in UTC.</returns>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<IReadOnlyDictionary<string, object?>>>> OfAsync(RecordKind kind, byte[] recordId, IReadOnlyCollection<string> leftOut, Func<string, string, long, string?> wordOf, CancellationToken ct)
    {
        var copy = new Dictionary<string, IReadOnlyList<IReadOnlyDictionary<string, object?>>>();
        foreach (var table in kind.Tables.Where(table => !leftOut.Contains(table.Name)))
        {
            RecordColumns.Column[] told = [.. (await columns.OfAsync(table.Name, ct)).Where(IsTold)];
            var rows = await db.QueryAsync<object>(RecordSql.Read(table, told.Select(c => c.Name)), new { RecordId = recordId }, ct);
            if (rows.Count > 0) copy[NameOf(table.Name)] = [.. rows.Cast<IDictionary<string, object?>>().Select(row => told.ToDictionary(c => NameOf(c.Name), c => ValueOf(c, row[c.Name]) is var value && value is long or int && wordOf(table.Name, c.Name, Convert.ToInt64(value, CultureInfo.InvariantCulture)) is { } word ? word : value))];
        }
        return copy;
    }

    private static bool IsTold(RecordColumns.Column column) => column.Name != "TenantId" && (!IsBytes(column) || column.Name.EndsWith("Id", StringComparison.Ordinal));

    private static object? ValueOf(RecordColumns.Column column, object? value) => value switch
    {
        null => null,
        byte[] { Length: 16 } id => new Guid(id, bigEndian: true).ToString(),
        byte[] bytes => Convert.ToHexStringLower(bytes),
        DateTime time => time.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture),
        string text when TypeOf(column) == "DATETIME2" && DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var time) =>
            time.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture),
        long flag when TypeOf(column) == "BIT" => flag != 0,
        _ => value,
    };

    private static bool IsBytes(RecordColumns.Column column) => TypeOf(column) is "BINARY" or "VARBINARY";

    private static string TypeOf(RecordColumns.Column column) => column.Type.Split('(')[0].ToUpperInvariant();

    private static string NameOf(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}
