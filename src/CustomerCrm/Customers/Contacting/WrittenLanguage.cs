namespace CustomerCrm.Customers.Contacting;

/// <summary>Pure: in which of the languages we have somebody is written to.</summary>
public static class WrittenLanguage
{
    /// <param name="available">Primary language subtags of BCP 47; the first is for whoever wants none of them.</param>
    /// <param name="wanted">Language tags, those that are wanted most first; null for what is not known.</param>
    public static string Of(IReadOnlyCollection<string> available, params IEnumerable<string?> wanted) =>
        wanted.OfType<string>().Select(tag => tag.Split('-', '_')[0].ToLowerInvariant()).FirstOrDefault(available.Contains) ?? available.First();

    /// <summary>The tags of an <c>Accept-Language</c> header, in the order of their weights (RFC 9110, 12.5.4).</summary>
    public static IEnumerable<string> Accepted(string? header) => (header ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Take(20)
        .Select(part => part.Split(';', StringSplitOptions.TrimEntries))
        .Select(parts => (Tag: parts[0], Weight: parts.Skip(1).Select(WeightOf).FirstOrDefault(1)))
        .Where(one => one.Weight > 0).OrderByDescending(one => one.Weight).Select(one => one.Tag);

    private static double WeightOf(string parameter) =>
        parameter.StartsWith("q=", StringComparison.OrdinalIgnoreCase) && double.TryParse(parameter.AsSpan(2), System.Globalization.CultureInfo.InvariantCulture, out var weight) ? weight : 0;
}
