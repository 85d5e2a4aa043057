using CustomerCrm.Platform;

namespace CustomerCrm.Customers;

/// <summary>How a display name and its parts go together.</summary>
public static class CustomerName
{
    /// <summary>How long a name may be; two parts of the greatest length make one that is longer.</summary>
    private const int Longest = 200;

    /// <summary>The name that was given; else first and last name, cut to the length of a name; else none.</summary>
    public static string? Of(string? name, string? first, string? last) =>
        Given(name) ?? Given(Given($"{Given(first)} {Given(last)}")?.Beginning(Longest));

    /// <summary>A name that was made of the parts follows them; one that was given stays.</summary>
    public static string? AfterPartsChanged(string? name, string? oldFirst, string? oldLast, string? first, string? last) =>
        name is null || name == Of(null, oldFirst, oldLast) ? Of(null, first, last) : name;

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
