using System.Text;
using System.Text.Unicode;
using CsvHelper;

namespace CustomerCrm.Imports.Files;

/// <summary>How a file is written, from its bytes. What cannot be seen is taken to be what spreadsheets write.</summary>
internal static class FormatDetection
{
    public const int HeadLength = 1 << 16;

    static FormatDetection() => System.Text.Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <param name="head">The first 64 KiB.</param>
    /// <param name="isUtf8">Whether the whole file can be UTF-8.</param>
    /// <param name="said">What the upload says; null where it says nothing.</param>
    /// <param name="isKnown">Whether columns are called so.</param>
    public static FileFormat Of(ReadOnlySpan<byte> head, bool isUtf8, SaidFormat said, Func<string, bool> isKnown)
    {
        var encoding = said.Encoding ?? EncodingOf(head, isUtf8);
        var text = EncodingNamed(encoding)!.GetString(head);
        if (text.StartsWith('\ufeff')) text = text[1..];
        var kind = said.Kind ?? (text.AsSpan().TrimStart().StartsWith("{") ? FileKind.JsonLines : FileKind.Csv);
        if (kind == FileKind.JsonLines) return new FileFormat { Kind = kind, Encoding = encoding };

        var quote = said.Quote ?? QuoteDetection.Of(text, isCut: head.Length >= HeadLength, said.Separator);
        var separator = said.Separator ?? SeparatorOf(text, quote);
        return new FileFormat
        {
            Kind = kind,
            Encoding = encoding,
            Quote = quote.ToString(),
            Separator = separator.ToString(),
            HasHeader = said.HasHeader ?? LooksLikeHeader(FirstRow(text, separator, quote), isKnown),
        };
    }

    /// <summary>Null for a name that no encoding has.</summary>
    public static Encoding? EncodingNamed(string name)
    {
        try
        {
            return System.Text.Encoding.GetEncoding(name);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException) // UTF-7 has a name, and is not read for being a way around filters
        {
            return null;
        }
    }

    /// <summary>
    /// Names have no @. Where some are known, the others may be empty (a spreadsheet's columns that were never filled), a sign or a year, but no more of them other numbers than
    /// are known; where none is, each has a letter, and no two are the same.
    /// </summary>
    public static bool LooksLikeHeader(IReadOnlyList<string> cells, Func<string, bool> isKnown)
    {
        if (cells.Any(cell => cell.Contains('@', StringComparison.Ordinal))) return false;
        var known = cells.Count(cell => cell.Any(char.IsLetterOrDigit) && isKnown(cell));
        return known > 0 ? cells.Count(IsNumber) <= known : cells.Count > 0 && cells.All(cell => cell.Any(char.IsLetter)) && cells.Distinct(StringComparer.OrdinalIgnoreCase).Count() == cells.Count;
    }

    private static bool IsNumber(string cell) => cell.Any(char.IsDigit) && !cell.Any(char.IsLetter) && cell.Trim() is not (['1', '9', _, _] or ['2', '0', _, _]);

    private static string EncodingOf(ReadOnlySpan<byte> head, bool isUtf8)
    {
        if (head.StartsWith(Encoding.Unicode.Preamble)) return "utf-16";
        if (head.StartsWith(Encoding.BigEndianUnicode.Preamble)) return "utf-16BE";
        if (head.StartsWith(Encoding.UTF8.Preamble)) return "utf-8";
        // Text of two bytes a letter without a mark: every other byte of western letters is zero.
        var zeros = (Even: 0, Odd: 0);
        for (var i = 0; i < head.Length; i++)
            if (head[i] == 0) zeros = i % 2 == 0 ? (zeros.Even + 1, zeros.Odd) : (zeros.Even, zeros.Odd + 1);
        if (zeros.Odd > head.Length / 4) return "utf-16";
        if (zeros.Even > head.Length / 4) return "utf-16BE";
        return isUtf8 ? "utf-8" : "windows-1252";
    }

    private static char SeparatorOf(string text, char quote)
    {
        using var reader = CsvReader.FromText(text, new CsvReaderOptions { Quote = quote, HasHeader = false });
        return reader.Read() ? reader.Separator : ',';
    }

    private static List<string> FirstRow(string text, char separator, char quote)
    {
        using var reader = CsvReader.FromText(text, new CsvReaderOptions { Separator = separator, Quote = quote, HasHeader = false });
        var cells = new List<string>();
        if (reader.Read())
            for (var i = 0; i < reader.FieldCount; i++) cells.Add(reader.GetString(i));
        return cells;
    }

    /// <summary>Whether all of it is valid UTF-8, read to the end piece by piece.</summary>
    public static bool IsUtf8(Stream file)
    {
        var buffer = new byte[1 << 16];
        for (var carried = 0; ;)
        {
            var read = file.Read(buffer, carried, buffer.Length - carried);
            var length = carried + read;
            // A letter that is cut at the end of the piece goes into the next one.
            var cut = read == 0 ? 0 : CutAt(buffer.AsSpan(0, length));
            if (!Utf8.IsValid(buffer.AsSpan(0, length - cut))) return false;
            if (read == 0) return true;
            buffer.AsSpan(length - cut, cut).CopyTo(buffer);
            carried = cut;
        }
    }

    private static int CutAt(ReadOnlySpan<byte> piece)
    {
        for (var back = 1; back <= Math.Min(3, piece.Length); back++)
        {
            var lead = piece[^back];
            if ((lead & 0xC0) == 0x80) continue;
            var wants = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
            return wants > back ? back : 0;
        }
        return 0;
    }
}

/// <summary>What an upload says of its file; null where it leaves that to us.</summary>
internal sealed record SaidFormat
{
    public FileKind? Kind { get; init; }
    public string? Encoding { get; init; }
    public char? Separator { get; init; }
    public char? Quote { get; init; }
    public bool? HasHeader { get; init; }
}
