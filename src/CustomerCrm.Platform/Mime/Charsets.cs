using System.Text;

namespace CustomerCrm.Platform.Mime;

/// <summary>How bytes become text: UTF-8, ISO 8859-1 and Windows-1252; what is unknown is read as UTF-8 where it is that, else as Windows-1252.</summary>
internal static class Charsets
{
    private static readonly Encoding windows = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;
    private static readonly Encoding strictUtf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static Encoding Of(string? name) => name?.Trim().Trim('"').ToLowerInvariant() switch
    {
        "utf-8" or "utf8" or "us-ascii" or "ascii" => Encoding.UTF8,
        "iso-8859-1" or "latin1" or "iso-8859-15" or "windows-1252" or "cp1252" => windows, // browsers' rule: nobody means the control characters
        "utf-16" or "utf-16le" => Encoding.Unicode,
        "utf-16be" => Encoding.BigEndianUnicode,
        _ => Guessing.Instance,
    };

    private sealed class Guessing : Encoding
    {
        public static Guessing Instance { get; } = new();

        public override int GetByteCount(char[] chars, int index, int count) => UTF8.GetByteCount(chars, index, count);
        public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex) => UTF8.GetBytes(chars, charIndex, charCount, bytes, byteIndex);
        public override int GetCharCount(byte[] bytes, int index, int count) => For(bytes, index, count).GetCharCount(bytes, index, count);
        public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex) => For(bytes, byteIndex, byteCount).GetChars(bytes, byteIndex, byteCount, chars, charIndex);
        public override int GetMaxByteCount(int charCount) => UTF8.GetMaxByteCount(charCount);
        public override int GetMaxCharCount(int byteCount) => byteCount + 1;

        private static Encoding For(byte[] bytes, int index, int count)
        {
            try
            {
                strictUtf8.GetCharCount(bytes, index, count);
                return UTF8;
            }
            catch (DecoderFallbackException)
            {
                return windows;
            }
        }
    }
}
