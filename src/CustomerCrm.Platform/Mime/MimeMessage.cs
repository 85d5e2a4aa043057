namespace CustomerCrm.Platform.Mime;

/// <summary>What a program needs of an e-mail that came in.</summary>
public sealed record MimeMessage
{
    /// <summary>The address it says it comes from, without its name; null where there is none.</summary>
    public string? From { get; init; }

    public string? FromName { get; init; }
    public string? Subject { get; init; }

    /// <summary>Without angle brackets.</summary>
    public string? MessageId { get; init; }

    /// <summary>The messages that it answers, the nearest first, without angle brackets: <c>In-Reply-To</c>, then <c>References</c> from its end.</summary>
    public required IReadOnlyList<string> Answers { get; init; }

    public DateTimeOffset? Date { get; init; }

    /// <summary>What it says, as plain text.</summary>
    public required string Text { get; init; }

    /// <summary>The names of its files, as they were given.</summary>
    public required IReadOnlyList<string> Attachments { get; init; }

    /// <summary>Its files, the first twenty.</summary>
    public IReadOnlyList<MimeFile> Files { get; init; } = [];

    /// <summary>A program wrote it (RFC 3834): an out-of-office note, a report of delivery. It is not to be answered.</summary>
    public bool IsAutomatic { get; init; }

    /// <summary>It came in bulk or over a list, or asks programs for silence: a person may have written it, but no program is to answer (RFC 3834, 2).</summary>
    public bool IsBulk { get; init; }

    /// <summary>The addresses that it went to, as its headers say (To, Cc, and what servers add), without their owners' names.</summary>
    public required IReadOnlyList<string> To { get; init; }
}
