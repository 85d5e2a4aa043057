using CustomerCrm.Customers.Contacting;
using CustomerCrm.Customers.Identities.Forms;
using CustomerCrm.Platform.Data.Secrets;

namespace CustomerCrm.Suppressions;

/// <summary>By what a suppressed address is found again: a fingerprint that only this installation can make, so that the address itself need not be kept.</summary>
public sealed class SuppressionKey(SecretBox box)
{
    /// <param name="channel">An address is suppressed on one channel.</param>
    /// <param name="address">However it is written: it is normalised first. What is no address has a key, too, that is nobody's.</param>
    public byte[] Of(MessageChannel channel, string address) => box.Fingerprint($"suppression:{(int)channel}:{Normal(channel, address)}");

    private static string Normal(MessageChannel channel, string address) => channel switch
    {
        MessageChannel.Email => EmailKey.Of(address),
        _ => PhoneNumber.Read(address, country: null).Value?.E164 ?? address.Trim(),
    };
}
