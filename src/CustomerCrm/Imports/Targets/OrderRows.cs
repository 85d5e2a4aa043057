using CustomerCrm.Imports.Files;
using CustomerCrm.Imports.Mapping;

namespace CustomerCrm.Imports.Targets;

/// <summary>
/// Orders as shops export them: a row for each line, with all else again in every row or only in the first. The first gets the lines of those below
/// it. These are rows still, but nothing by themselves.
/// </summary>
internal sealed class OrderRows(FileRows rows, IReadOnlyList<RowReading.Place> places) : FileRows
{
    /// <summary>More than an order can have; beyond them they are counted, and no longer held.</summary>
    private const int MostLines = 1000;

    private const string Line = "line_of_order_above", Repeat = "repeats_earlier_row";

    private readonly int id = places.First(place => place.Field.Name == OrderColumns.ExternalId).Cell;
    private readonly int[] ofOrder = [.. places.Where(place => !place.Field.IsOfLine).Select(place => place.Cell)];
    private readonly int[] ofLine = [.. places.Where(place => place.Field.IsOfLine).Select(place => place.Cell)];
    private readonly Queue<FileRow> below = [];
    private FileRow? next, order, last;

    public override IReadOnlyList<string> Columns => rows.Columns;

    public override FileRow? Next()
    {
        if (below.TryDequeue(out var line)) return line;
        if (Take() is not { } row) return null;
        if (IsBelow(row)) return row with { Along = WhyOf(row) };

        (order, last) = (row, row);
        var lines = new List<FileRow>();
        while (lines.Count < MostLines && (next = rows.Next()) is { } under && IsBelow(under))
        {
            var why = WhyOf(under);
            below.Enqueue(under with { Along = why });
            if (why == Line) lines.Add(under);
            (next, last) = (null, under);
        }
        return row with { Lines = lines };
    }

    // The last of them may be rows of an order of which more follow.
    public override void Skip(int count)
    {
        var near = Math.Min(count, MostLines);
        rows.Skip(count - near);
        for (var i = 0; i < near; i++) Next();
    }

    public override void Dispose() => rows.Dispose();

    private FileRow? Take()
    {
        var taken = next ?? rows.Next();
        next = null;
        return taken;
    }

    // It names the same order, or none, and says nothing else of it but a line.
    private bool IsBelow(FileRow row) => order is not null && Cell(order, id).Length > 0 && ofLine.Any(at => Cell(row, at).Length > 0)
        && ofOrder.All(at => Cell(row, at) is "" || Cell(row, at) == Cell(order, at));

    // Who says all of the order in every row and then the same row twice has it twice by mistake.
    private string WhyOf(FileRow row) => row.Cells.SequenceEqual(last!.Cells) && ofOrder.All(at => Cell(row, at) == Cell(order!, at)) ? Repeat : Line;

    private static string Cell(FileRow row, int at) => at < row.Cells.Length ? row.Cells[at]?.Trim() ?? "" : "";
}
