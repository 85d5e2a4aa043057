using CustomerCrm.Interactions;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Channels;

/// <summary>The channels that every tenant has, as they are while nothing was changed.</summary>
internal static class BuiltInChannels
{
    private const int WholePage = 100_000;
    private const long Mebibyte = 1 << 20;

    // When the first version of the product could have been asked for them.
    private static readonly DateTimeOffset always = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static IReadOnlyList<Channel> All { get; } =
    [
        Of(InteractionChannel.Email, "E-mail", WholePage, 20, 10 * Mebibyte),
        Of(InteractionChannel.Phone, "Phone", 20_000, 10, 25 * Mebibyte),
        Of(InteractionChannel.Chat, "Chat", 10_000, 5, 10 * Mebibyte),
        Of(InteractionChannel.Sms, "SMS", 1_600, 0, 0),
        Of(InteractionChannel.Social, "Social", 10_000, 10, 10 * Mebibyte),
        Of(InteractionChannel.InPerson, "In person", 20_000, 10, 25 * Mebibyte),
        Of(InteractionChannel.Web, "Web form", 20_000, 10, 10 * Mebibyte),
        Of(InteractionChannel.SelfService, "Self-service", 20_000, 10, 10 * Mebibyte),
    ];

    public static Channel Of(InteractionChannel kind) => All[(int)kind - 1];

    /// <summary>The same in every tenant: made of the kind.</summary>
    public static Id<Channel> IdOf(InteractionChannel kind) => Id<Channel>.FromBytes([0, 0, 0, 0, 0, 0, 0x70, 0, 0x80, 0, 0, 0, 0, 0, 0, (byte)kind]);

    private static Channel Of(InteractionChannel kind, string name, int text, int files, long bytes) => new()
    {
        Id = IdOf(kind), Kind = kind, IsBuiltIn = true, Name = name, IsEnabled = true, MaxTextLength = text, MaxAttachments = files, MaxAttachmentBytes = bytes,
        Revision = 0, CreatedAt = always, UpdatedAt = always,
    };
}
