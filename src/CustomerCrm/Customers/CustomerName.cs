namespace CustomerCrm.Customers;

/// <summary>How a display name and its parts go together.</summary>
public static class CustomerName
{
    /// <summary>The name that was given; else first and last name; else none.</summary>
    public static string? Of(string? name, string? first, string? last) =>
        Given(name) ?? Given($"{Given(first)} {Given(last)}");

    /// <summary>A name that was made of the parts follows them; one that was given stays.</summary>
    public static string? AfterPartsChanged(string? name, string? oldFirst, string? oldLast, string? first, string? last) =>
        name is null || name == Of(null, oldFirst, oldLast) ? Of(null, first, last) : name;

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
