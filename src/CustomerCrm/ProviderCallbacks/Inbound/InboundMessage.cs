using CustomerCrm.Attachments;
using CustomerCrm.Customers.Contacting;
using CustomerCrm.Platform.Mime;

namespace CustomerCrm.ProviderCallbacks.Inbound;

/// <summary>What a customer wrote to a tenant.</summary>
public sealed record InboundMessage
{
    public required MessageChannel Channel { get; init; }

    /// <summary>An e-mail address, or a telephone number.</summary>
    public required string From { get; init; }

    public string? FromName { get; init; }
    public string? Subject { get; init; }
    public required string Text { get; init; }

    /// <summary>What it is called where it comes from: a Message-ID, Twilio's SID. Taken once.</summary>
    public required string ExternalId { get; init; }

    /// <summary>The Message-IDs that it answers, the nearest first.</summary>
    public IReadOnlyList<string> Answers { get; init; } = [];

    /// <summary>The names of its files.</summary>
    public IReadOnlyList<string> Attachments { get; init; } = [];

    /// <summary>What the files hold; of a text message nothing.</summary>
    public IReadOnlyList<MimeFile> Files { get; init; } = [];

    /// <summary>Files that the provider keeps, of a text message: to be fetched by whoever takes it.</summary>
    public IReadOnlyList<InboundMedia> Media { get; init; } = [];

    /// <summary>Those of the files that could be kept: who takes the message makes them part of it.</summary>
    public IReadOnlyList<Attachment> Kept { get; init; } = [];

    /// <summary>The addresses that an e-mail went to.</summary>
    public IReadOnlyList<string> To { get; init; } = [];

    /// <summary>A program wrote it, so it is not to be answered.</summary>
    public bool IsAutomatic { get; init; }

    /// <summary>It came in bulk or over a list: people may answer it, but no program.</summary>
    public bool IsBulk { get; init; }

    public required DateTimeOffset OccurredAt { get; init; }
}

/// <summary>A file that the provider keeps.</summary>
/// <param name="Url">Where; it may lead on from there.</param>
/// <param name="MediaType">What the provider says it is.</param>
public sealed record InboundMedia(string Url, string? MediaType);
