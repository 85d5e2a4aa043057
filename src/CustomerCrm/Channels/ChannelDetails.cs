using CustomerCrm.Attachments;
using CustomerCrm.Customers.Identities.Forms;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Channels;

/// <summary>Checks what is said of a channel beyond what its types say. Pure.</summary>
internal static class ChannelDetails
{
    public const int LongestText = 100_000, MostAttachments = 20;
    public const long MostAttachmentBytes = 25 << 20;

    /// <exception cref="ApiProblem">422: an address that is none, or a type that cannot be kept.</exception>
    public static void Check(Channel channel)
    {
        var errors = new List<FieldError>();
        if (channel.Address is { } address && !EmailAddress.Read(address).IsValid) errors.Add(new("/address", "email_invalid", "Not an e-mail address."));
        if (channel.Address is not null && (!channel.IsBuiltIn || channel.Kind != Interactions.InteractionChannel.Email)) errors.Add(new("/address", "not_of_this_channel", "Only the e-mail channel has an address that answers come back to."));
        for (var i = 0; i < channel.AttachmentTypes.Count; i++)
            if (!FileSniffing.MediaTypes.Contains(channel.AttachmentTypes[i])) errors.Add(new($"/attachment_types/{i}", "unknown_type", "No file of this type can be kept."));
        if (errors.Count > 0) throw ApiProblem.Invalid(errors);
    }

    public static string TypesText(IReadOnlyList<string>? types) => string.Join(' ', (types ?? []).Distinct());
}
