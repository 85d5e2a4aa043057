namespace CustomerCrm.Platform;

/// <summary>
/// Text in CSV that a spreadsheet would run as a formula begins with an apostrophe: text with a sign of a formula, wide ones of East Asian keyboards among
/// them, or with a tab or a line break in front (OWASP, CSV Injection). What has such an apostrophe already gets another, so that it comes back as it was. Pure.
/// </summary>
public static class FormulaGuard
{
    private const char Mark = '\'';

    public static string Guarded(string text) => IsFormula(text.AsSpan().TrimStart(Mark)) ? Mark + text : text;

    /// <summary>As it was before it was guarded.</summary>
    public static string Plain(string cell) => cell is [Mark, ..] && IsFormula(cell.AsSpan().TrimStart(Mark)) ? cell[1..] : cell;

    private static bool IsFormula(ReadOnlySpan<char> text) => text is ['=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '\uFF1D' or '\uFF0B' or '\uFF0D' or '\uFF20', ..];
}
