namespace CustomerCrm.Platform.Mime;

/// <summary>A file that came with an e-mail or a form.</summary>
/// <param name="Name">As it was called there; null: it had no name.</param>
/// <param name="MediaType">What its sender calls it. It is not to be believed.</param>
/// <param name="Raw">As it came.</param>
/// <param name="Encoding">How it came: <c>base64</c>, <c>quoted-printable</c>; null: as it is.</param>
public sealed record MimeFile(string? Name, string MediaType, ReadOnlyMemory<byte> Raw, string? Encoding)
{
    /// <summary>What it holds.</summary>
    public byte[] Content() => Encoding switch
    {
        "base64" => TransferEncodings.Base64(Raw.Span),
        "quoted-printable" => TransferEncodings.QuotedPrintable(Raw.Span),
        _ => Raw.ToArray(),
    };
}
