namespace CustomerCrm.Platform;

/// <summary>
/// Text in CSV that a spreadsheet would run as a formula begins with an apostrophe: text with a sign of a formula, wide ones of East Asian keyboards among
/// them, or with a tab or a line break in front (OWASP, CSV Injection). Others write digits so that are no number ('0660, '1010). What has such an apostrophe already
/// gets another, so that it comes back as it was. Pure.
/// </summary>
public static class FormulaGuard
{
    private const char Mark = '\'';

    public static string Guarded(string text) => IsFormula(text.AsSpan().TrimStart(Mark)) || IsMarked(text) ? Mark + text : text;

    /// <summary>As it was before it was guarded.</summary>
    public static string Plain(string cell) => IsMarked(cell) ? cell[1..] : cell;

    private static bool IsMarked(string cell) => cell is [Mark, ..] && cell.AsSpan().TrimStart(Mark) is var rest && (IsFormula(rest) || (rest.Length > 0 && !rest.ContainsAnyExceptInRange('0', '9')));

    private static bool IsFormula(ReadOnlySpan<char> text) => text is ['=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '\uFF1D' or '\uFF0B' or '\uFF0D' or '\uFF20', ..];
}
