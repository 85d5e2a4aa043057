using System.Text.Json;

namespace CustomerCrm.Imports.Files;

/// <summary>A JSON object on each line. Its columns are the members of all of them.</summary>
internal sealed class JsonRows : FileRows
{
    private const int LongestName = 200;

    private readonly StreamReader lines;
    private readonly List<string> columns;
    private readonly Dictionary<string, int> places;
    private readonly bool findsOut;
    private int number, line;

    public JsonRows(Stream file, FileFormat format, IEnumerable<string>? columns)
    {
        lines = new StreamReader(file, FormatDetection.EncodingNamed(format.Encoding)!, detectEncodingFromByteOrderMarks: true);
        findsOut = columns is null;
        this.columns = [.. columns ?? []];
        places = this.columns.Index().ToDictionary(c => c.Item, c => c.Index);
    }

    public override IReadOnlyList<string> Columns => columns;

    public override FileRow? Next()
    {
        while (ReadLine() is { } text)
        {
            if (string.IsNullOrWhiteSpace(text)) continue;
            number++;
            var problem = Read(text, out var cells);
            return new FileRow { Number = number, Line = line, Cells = cells, Problem = problem };
        }
        return null;
    }

    public override void Skip(int rows)
    {
        for (var skipped = 0; skipped < rows && ReadLine() is { } text;)
        {
            if (string.IsNullOrWhiteSpace(text)) continue;
            number++;
            skipped++;
        }
    }

    public override void Dispose() => lines.Dispose();

    private (string, string)? Read(string text, out string?[] cells)
    {
        cells = new string?[columns.Count];
        try
        {
            using var document = JsonDocument.Parse(text);
            if (document.RootElement.ValueKind != JsonValueKind.Object) return ("not_an_object", "Each line is a JSON object.");
            if (findsOut) Learn(document.RootElement);
            cells = new string?[columns.Count];
            if (Repeated(document.RootElement) is { } name) return ("duplicate_member", $"The member {name} is given twice.");
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

    private static string? Repeated(JsonElement row)
    {
        var names = new HashSet<string>();
        return row.EnumerateObject().Select(member => member.Name).FirstOrDefault(name => !names.Add(name));
    }

    private void Learn(JsonElement row)
    {
        foreach (var member in row.EnumerateObject())
            if (member.Name.Length is > 0 and <= LongestName && places.TryAdd(member.Name, columns.Count)) columns.Add(member.Name);
    }

    // ReadLine of the framework has no limit: a file without line ends would be one string.
    private string? ReadLine()
    {
        line++;
        var text = new System.Text.StringBuilder();
        for (int c; (c = lines.Read()) >= 0;)
        {
            if (c == '\n') return text.ToString().TrimEnd('\r');
            if (text.Length >= LongestRow) throw Broken(line, "A line is longer than a mebibyte.");
            text.Append((char)c);
        }
        return text.Length > 0 ? text.ToString() : null;
    }
}
