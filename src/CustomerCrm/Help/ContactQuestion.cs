using CustomerCrm.Platform.Data;

namespace CustomerCrm.Help;

/// <summary>What somebody writes in the contact form. Pure.</summary>
internal sealed record ContactQuestion
{
    public const int LongestSubject = 200, ShortestMessage = 5, LongestMessage = 10_000, LongestEmail = 254, LongestName = 200;

    public required string Email { get; init; }
    public required string Name { get; init; }
    public required string Subject { get; init; }
    public required string Message { get; init; }

    /// <summary>Which question it is, once articles were suggested for it.</summary>
    public Id<HelpContact>? ContactId { get; init; }

    /// <summary>What stands in a field that people do not see.</summary>
    public required bool IsTrapped { get; init; }

    public static ContactQuestion Of(IFormCollection form) => new()
    {
        Email = Line(form["email"]), Name = Line(form["name"]), Subject = Line(form["subject"]), Message = Clean(form["message"]).Trim(),
        ContactId = Id<HelpContact>.TryRead(form["contact"], out var id) ? id : null, IsTrapped = form["website"].ToString().Length > 0,
    };

    /// <summary>The names of the fields that are wrong.</summary>
    /// <param name="isKnown">A customer whom a signed link has brought need not say who they are.</param>
    public IReadOnlyList<string> Wrong(bool isKnown)
    {
        var wrong = new List<string>();
        if (!isKnown && !IsEmail(Email)) wrong.Add("email");
        if (Name.Length > LongestName) wrong.Add("name");
        if (Subject.Length is 0 or > LongestSubject) wrong.Add("subject");
        if (Message.Length is < ShortestMessage or > LongestMessage) wrong.Add("message");
        return wrong;
    }

    private static bool IsEmail(string text) => text.Length is >= 3 and <= LongestEmail && text.Count(c => c == '@') == 1 && text.IndexOf('@') is > 0 and var at
        && text.IndexOf('.', at) > at + 1 && text[^1] != '.' && !text.Any(c => char.IsWhiteSpace(c) || c is '<' or '>' or '"' or ',' or ';' or '(' or ')');

    private static string Line(string? text) => string.Concat((text ?? "").Where(c => !char.IsControl(c))).Trim();

    private static string Clean(string? text) => string.Concat((text ?? "").ReplaceLineEndings("\n").Where(c => c == '\n' || c == '\t' || !char.IsControl(c)));
}
