using System.Text;

namespace CustomerCrm.Templates.Rendering;

/// <summary>Takes so many characters and no more, so that no template fills the memory.</summary>
internal sealed class BoundedWriter(int most) : TextWriter
{
    private readonly StringBuilder text = new();

    public override Encoding Encoding => Encoding.Unicode;

    public override void Write(char value)
    {
        if (text.Length >= most) throw new TemplateTooLongException();
        text.Append(value);
    }

    public override void Write(ReadOnlySpan<char> buffer)
    {
        if (text.Length + buffer.Length > most) throw new TemplateTooLongException();
        text.Append(buffer);
    }

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(string? value) => Write(value.AsSpan());

    public override string ToString() => text.ToString();
}
