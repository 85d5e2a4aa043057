namespace CustomerCrm.Analytics;

/// <summary>
/// Whether a figure rests on enough data to be acted upon, and if not, why: a stable <see cref="Code"/> for programs and a
/// sentence for people. A figure that is not sufficient is still finite and may still be shown, with its reason beside it.
/// </summary>
public sealed record Sufficiency
{
    private Sufficiency(bool isSufficient, string code, string reason) =>
        (IsSufficient, Code, Reason) = (isSufficient, code, reason);

    public bool IsSufficient { get; }

    /// <summary><c>sufficient</c>, or what is missing in snake_case; never changes once published.</summary>
    public string Code { get; }

    public string Reason { get; }

    public static Sufficiency Enough { get; } = new(true, "sufficient", "There is enough data for this figure.");

    public static Sufficiency Lacks(string code, string reason) => new(false, code, reason);
}
