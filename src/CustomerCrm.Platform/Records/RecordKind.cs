namespace CustomerCrm.Platform.Records;

/// <summary>A resource together with all rows that hang on it: what is removed into the bin, and restored from it, as one.</summary>
/// <param name="Name">On the wire: <c>customer</c>.</param>
/// <param name="Prefix">Of its ids.</param>
/// <param name="Tables">Its own table first; each after those it points to.</param>
public sealed record RecordKind(string Name, string Prefix, IReadOnlyList<RecordTable> Tables)
{
    public RecordTable Root => Tables[0];
}

/// <summary>One table of a record. Its columns are the schema's: a new column needs nothing here.</summary>
/// <param name="Name">As in the schema.</param>
/// <param name="Key">The column that says of which record a row is, or by <see cref="Through"/> of which row there.</param>
public sealed record RecordTable(string Name, string Key)
{
    /// <summary>A table of the record whose Id the key is: the order of an order line.</summary>
    public RecordTable? Through { get; init; }

    /// <summary>The column there that the key equals, where it is not its Id: rows of the record may name others.</summary>
    public string ThroughColumn { get; init; } = "Id";

    /// <summary>No foreign key of the table takes its rows along with the record.</summary>
    public bool IsUntied { get; init; }

    /// <summary>Its rows are the record's own, or follow from it without anybody: its words, its scores, its history. That there are some is no touch.</summary>
    public bool IsOfItself { get; init; }

    /// <summary>Which of its rows (<c>t</c>) somebody made, where the program makes others by itself: a condition. Null: all of them.</summary>
    public string? ByHand { get; init; }

    /// <summary>What its rows are called on the wire; null for rows that nobody sees by themselves.</summary>
    public string? Resource { get; init; }

    /// <summary>The column by which people know a row: an address, an external id; a text, or its bytes in UTF-8.</summary>
    public string? KnownBy { get; init; }

    /// <summary>A flag of which another row may have taken the only one meanwhile: then the row comes back without it.</summary>
    public string? Yields { get; init; }

    /// <summary>Of a record's own table: what of it is unique and can be done without.</summary>
    public Spare? Spare { get; init; }

    /// <summary>Columns that point to another table's Id, by column. A row that points to nothing any more is not restored; where it points to something in the bin, it waits there.</summary>
    public IReadOnlyDictionary<string, string> PointsTo { get; init; } = new Dictionary<string, string>();
}

/// <summary>Columns of a row that are unique together, and may be empty: where another row has the same by now, it can come back without them.</summary>
/// <param name="Resource">What they are called on the wire: <c>sku</c>.</param>
/// <param name="Columns">The first is what people know.</param>
public sealed record Spare(string Resource, params IReadOnlyList<string> Columns);

/// <summary>Looks at each row before it is put back, where what it says may have lost its meaning meanwhile.</summary>
public interface IMendsRows
{
    /// <summary>Of which tables.</summary>
    bool Mends(string table);

    /// <param name="table">The row's.</param>
    /// <param name="row">By column; what is changed here is what comes back.</param>
    /// <param name="removedAt">When it went.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>False: nothing of it is left, and it does not come back.</returns>
    ValueTask<bool> MendAsync(string table, Dictionary<string, object?> row, DateTimeOffset removedAt, CancellationToken ct);
}

/// <summary>What a feature has to do before a record goes into the bin, while its rows are still there to be looked at.</summary>
public interface ILeaving
{
    /// <summary>Of which kind of record.</summary>
    string Kind { get; }

    Task LeaveAsync(Guid recordId, CancellationToken ct);
}

/// <summary>What a feature has to do when a record is back: mend what may have changed meanwhile, and tell it.</summary>
public interface IRestored
{
    /// <summary>Of which kind of record.</summary>
    string Kind { get; }

    /// <param name="recordId">Its id.</param>
    /// <param name="isWhole">False: some of its rows were left out.</param>
    /// <param name="ct">Cancels.</param>
    Task MendAsync(Guid recordId, bool isWhole, CancellationToken ct);
}
