using CustomerCrm.Platform.Data;

namespace CustomerCrm.Platform.Letters;

/// <summary>Mail from this installation to one person: plain text.</summary>
public sealed record Letter : IHasId
{
    public static string Prefix => "ltr";

    public required string To { get; init; }
    public required string Subject { get; init; }
    public required string Text { get; init; }
}
