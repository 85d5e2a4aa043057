using System.Text.Json.Serialization;
using CustomerCrm.Interactions;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;

namespace CustomerCrm.Channels;

/// <summary>A way in which customers and the tenant write to each other, and what can be said on it.</summary>
public sealed record Channel : IHasId, IVersioned
{
    public static string Prefix => "chn";

    public required Id<Channel> Id { get; init; }

    /// <summary>As what its messages count in timelines and reports.</summary>
    public required InteractionChannel Kind { get; init; }

    /// <summary>One of those that are always there.</summary>
    public required bool IsBuiltIn { get; init; }

    /// <example>WhatsApp</example>
    public required string Name { get; init; }

    /// <summary>On one that is not, nothing is taken in and nothing is answered.</summary>
    public required bool IsEnabled { get; init; }

    /// <summary>
    /// Of the e-mail channel: the address that customers write to. What leaves asks for answers to an address made of it
    /// (<c>help+c01…@example.com</c>), which says to which conversation they belong; null: to the sender's own.
    /// </summary>
    /// <example>help@shop.example</example>
    public string? Address { get; init; }

    /// <summary>The longest text in one message, in characters as UTF-16 counts them.</summary>
    public required int MaxTextLength { get; init; }

    /// <summary>How many files one message may have; 0: none.</summary>
    public required int MaxAttachments { get; init; }

    /// <summary>How large each of them may be, in bytes.</summary>
    public required long MaxAttachmentBytes { get; init; }

    /// <summary>Which media types they may have, by what they hold; empty: all that can be kept.</summary>
    /// <example>["image/jpeg","image/png"]</example>
    public IReadOnlyList<string> AttachmentTypes => TypesText.Length == 0 ? [] : TypesText.Split(' ');

    /// <summary>How many hours after the customer's last message on it they may be answered; null: always.</summary>
    /// <example>24</example>
    public int? ReplyWindowHours { get; init; }

    /// <summary>Who brings an answer to the customer.</summary>
    public ChannelCarrier Carrier => (IsBuiltIn, Kind) switch
    {
        (false, _) => ChannelCarrier.Program,
        (_, InteractionChannel.Email or InteractionChannel.Sms) => ChannelCarrier.Provider,
        (_, InteractionChannel.Chat) => ChannelCarrier.Page,
        _ => ChannelCarrier.Nobody,
    };

    public required int Revision { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    [JsonIgnore]
    internal string TypesText { get; init; } = "";
}

/// <summary>Who brings an answer to the customer.</summary>
public enum ChannelCarrier
{
    /// <summary>The tenant's e-mail or SMS provider, if the contact policy lets it.</summary>
    Provider,

    /// <summary>The page with the chat, where the customer reads it.</summary>
    Page,

    /// <summary>A program of the tenant's, which hears <c>conversation.message_sent</c> and says what became of it.</summary>
    Program,

    /// <summary>It was said already, on the telephone or in person: it is written down.</summary>
    Nobody,
}
