namespace CustomerCrm.Slas.Acknowledging;

/// <summary>Addresses behind which nobody reads: to answer them is to talk to a program (RFC 3834, 2; RFC 2142 for the names of postmasters).</summary>
internal static class AutomaticSender
{
    private static readonly string[] programs = ["mailer-daemon", "postmaster", "noreply", "no-reply", "no_reply", "donotreply", "do-not-reply", "do_not_reply", "bounce", "bounces", "notifications", "auto-reply", "autoreply"];

    /// <param name="address">Null: it is not known, and a person's until somebody says otherwise.</param>
    public static bool Is(string? address)
    {
        if (address is null || address.IndexOf('@', StringComparison.Ordinal) is not (> 0 and var at)) return false;
        var local = address[..at].ToLowerInvariant();
        return programs.Any(program => local == program || local.StartsWith($"{program}+", StringComparison.Ordinal) || local.StartsWith($"{program}-", StringComparison.Ordinal));
    }
}
