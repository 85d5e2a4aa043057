using System.Security.Cryptography;
using System.Text;
using CustomerCrm.Imports.Files;
using CustomerCrm.Imports.Mapping;

namespace CustomerCrm.Imports.Targets;

/// <summary>
/// Orders as shops export them: a row for each line, with all else again in every row or only in the first. The first gets the lines of those below
/// it. These are rows still, but nothing by themselves. Where a row below says something else of the order, nobody can tell which is meant, and the
/// order is left out; and so is what stands further down of an order that is done with.
/// </summary>
internal sealed class OrderRows(FileRows rows, IReadOnlyList<RowReading.Place> places) : FileRows
{
    /// <summary>More than an order can have; beyond them they are counted, and no longer held.</summary>
    private const int MostLines = 1000;

    private const string Line = "line_of_order_above", Repeat = "repeats_earlier_row";

    private readonly int id = places.First(place => place.Field.Name == OrderColumns.ExternalId).Cell;
    private readonly int[] ofOrder = [.. places.Where(place => !place.Field.IsOfLine).Select(place => place.Cell)];
    private readonly int[] ofLine = [.. places.Where(place => place.Field.IsOfLine).Select(place => place.Cell)];
    private readonly int[] ofProduct = [.. places.Where(OrderColumns.NamesProduct).Select(place => place.Cell)];
    private readonly Queue<FileRow> below = [];
    private readonly HashSet<long> seen = []; // by a number of their ids each, for there may be a million
    private FileRow? next, order, last;

    public override IReadOnlyList<string> Columns => rows.Columns;

    public override FileRow? Next()
    {
        if (below.TryDequeue(out var line)) return line;
        if (Take() is not { } row) return null;
        if (IsBelow(row)) return row with { Along = Line };

        (order, last) = (row, row);
        if (Cell(row, id) is { Length: > 0 } named && !seen.Add(NumberOf(named))) row = row with { Problem = row.Problem ?? ("order_repeated", "Other rows further up are of this order. Put all of them below each other.") };
        var lines = new List<FileRow>();
        while (below.Count < MostLines && (next = rows.Next()) is { } under && IsBelow(under))
        {
            var why = under.Cells.SequenceEqual(last.Cells) && !IsSparse(under) ? Repeat : Line;
            below.Enqueue(under with { Along = why });
            if (why == Line) lines.Add(under with { Problem = under.Problem ?? WrongWith(under) });
            (next, last) = (null, under);
        }
        // One that names no product has the order's price, and those below it say what was bought.
        if (lines.Count > 0 && ofProduct.Any(at => Cell(row, at).Length > 0)) lines.Insert(0, row with { Problem = null }); // which is said of the row
        return row with { Lines = lines };
    }

    public override void Skip(int count)
    {
        for (var i = 0; i < count; i++) Next(); // the last of them may be rows of an order of which more follow
    }

    public override void Dispose() => rows.Dispose();

    private FileRow? Take()
    {
        var taken = next ?? rows.Next();
        next = null;
        return taken;
    }

    /// <summary>It names the order above, or none, and says what was bought.</summary>
    private bool IsBelow(FileRow row) => order is not null && Cell(order, id) is { Length: > 0 } named && (Cell(row, id) is "" || Cell(row, id) == named) && ofLine.Any(at => Cell(row, at).Length > 0);

    private (string, string)? WrongWith(FileRow row) =>
        ofOrder.Any(at => Cell(row, at) is { Length: > 0 } said && !said.Equals(Cell(order!, at), StringComparison.OrdinalIgnoreCase)) ? ("order_differs", "The row says something else of the order than the row above. A column that is of each line is of no order: leave it out.")
        : ofOrder.All(at => Cell(row, at).Length == 0) ? ("order_id_missing", "The row says of no order that it is of it.")
        : null;

    // Who says all of the order in every row and then the same row twice has it twice by mistake.
    private bool IsSparse(FileRow row) => ofOrder.Any(at => Cell(row, at) != Cell(order!, at));

    private static long NumberOf(string id) => BitConverter.ToInt64(SHA256.HashData(Encoding.UTF8.GetBytes(id)));

    private static string Cell(FileRow row, int at) => at < row.Cells.Length ? row.Cells[at]?.Trim() ?? "" : "";
}
