using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace CustomerCrm.Preferences.Pages;

/// <summary>A piece of a page. What is put into its text is encoded, unless it is such a piece itself.</summary>
internal sealed record Html(string Text)
{
    private static readonly HtmlEncoder encoder = HtmlEncoder.Create(UnicodeRanges.All);

    public static Html None { get; } = new("");

    public static Html Of(Builder text) => new(text.ToString());

    public static Html Join(IEnumerable<Html> parts) => new(string.Concat(parts.Select(part => part.Text)));

    [InterpolatedStringHandler]
    internal readonly ref struct Builder(int literalLength, int formattedCount)
    {
        private readonly StringBuilder text = new(literalLength + formattedCount * 16);

        public void AppendLiteral(string literal) => text.Append(literal);
        public void AppendFormatted(Html piece) => text.Append(piece.Text);
        public void AppendFormatted(string? value) => text.Append(encoder.Encode(value ?? ""));

        public override string ToString() => text.ToString();
    }
}
