using System.Text.Json;

namespace CustomerCrm.Imports.Files;

/// <summary>A JSON object on each line. Its columns are the members of the first thousand.</summary>
internal sealed class JsonRows : FileRows
{
    private const int LinesForColumns = 1000;

    private readonly Stream file;
    private readonly Dictionary<string, int> places = [];
    private StreamReader lines;
    private int number, line;

    public JsonRows(Stream file, FileFormat format)
    {
        this.file = file;
        var encoding = FormatDetection.EncodingNamed(format.Encoding)!;
        using (var first = new StreamReader(file, encoding, detectEncodingFromByteOrderMarks: true, leaveOpen: true))
            for (var i = 0; i < LinesForColumns && ReadLine(first) is { } text; i++)
                foreach (var name in NamesIn(text)) places.TryAdd(name, places.Count);
        file.Position = 0;
        lines = new StreamReader(file, encoding, detectEncodingFromByteOrderMarks: true, leaveOpen: true);
        (number, line) = (0, 0);
        Columns = [.. places.Keys];
    }

    public override IReadOnlyList<string> Columns { get; }

    public override FileRow? Next()
    {
        while (ReadLine(lines) is { } text)
        {
            if (string.IsNullOrWhiteSpace(text)) continue;
            number++;
            var cells = new string?[places.Count];
            var problem = Fill(text, cells);
            return new FileRow { Number = number, Line = line, Cells = cells, Problem = problem };
        }
        return null;
    }

    public override void Skip(int rows)
    {
        for (var skipped = 0; skipped < rows && ReadLine(lines) is { } text;)
        {
            if (string.IsNullOrWhiteSpace(text)) continue;
            number++;
            skipped++;
        }
    }

    public override void Dispose()
    {
        lines.Dispose();
        file.Dispose();
    }

    private (string, string)? Fill(string text, string?[] cells)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            if (document.RootElement.ValueKind != JsonValueKind.Object) return ("not_an_object", "Each line is a JSON object.");
            foreach (var member in document.RootElement.EnumerateObject())
                if (places.TryGetValue(member.Name, out var place))
                    cells[place] = member.Value.ValueKind switch
                    {
                        JsonValueKind.Null => null,
                        JsonValueKind.String => member.Value.GetString(),
                        _ => member.Value.GetRawText(),
                    };
            return null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return ("json_invalid", "The line is not valid JSON.");
        }
    }

    private static IEnumerable<string> NamesIn(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind == JsonValueKind.Object ? [.. document.RootElement.EnumerateObject().Select(member => member.Name).Where(name => name.Length is > 0 and <= 200)] : [];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return [];
        }
    }

    // ReadLine of the framework has no limit: a file without line ends would be one string.
    private string? ReadLine(StreamReader from)
    {
        line++;
        var text = new System.Text.StringBuilder();
        for (int c; (c = from.Read()) >= 0;)
        {
            if (c == '\n') return text.ToString().TrimEnd('\r');
            if (text.Length >= LongestRow) throw Broken(line, "A line is longer than a mebibyte.");
            text.Append((char)c);
        }
        return text.Length > 0 ? text.ToString() : null;
    }
}
