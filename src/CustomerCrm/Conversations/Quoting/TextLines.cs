namespace CustomerCrm.Conversations.Quoting;

/// <summary>A text by its lines, of which each keeps its end.</summary>
internal sealed class TextLines
{
    private readonly string text;
    private readonly List<int> starts = [0];

    public TextLines(string text)
    {
        this.text = text;
        for (var at = 0; at < text.Length; at++)
            if (text[at] == '\n' && at + 1 < text.Length) starts.Add(at + 1);
    }

    public int Count => starts.Count;

    /// <summary>Without white space around it.</summary>
    public ReadOnlySpan<char> this[int line] => Raw(line).Trim();

    /// <summary>With what stands before it, without its end.</summary>
    public ReadOnlySpan<char> Raw(int line) => text.AsSpan(starts[line], End(line) - starts[line]).TrimEnd("\r\n");

    public bool IsBlank(int line) => this[line].IsEmpty;

    /// <summary>Whether it is marked as quoted (RFC 3676, 4.5).</summary>
    public bool IsQuote(int line) => this[line].StartsWith('>');

    public int NextWritten(int line)
    {
        while (line < Count && IsBlank(line)) line++;
        return line;
    }

    /// <summary>Lines as they stand there.</summary>
    public string Whole(int from, int to) => text[starts[from]..(to < Count ? starts[to] : text.Length)];

    private int End(int line) => line + 1 < Count ? starts[line + 1] : text.Length;
}
