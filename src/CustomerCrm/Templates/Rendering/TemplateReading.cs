using System.Text.RegularExpressions;
using CustomerCrm.Platform;

namespace CustomerCrm.Templates.Rendering;

/// <summary>
/// Reads which fields a text uses, and refuses whatever is not of the small language that templates have: fields, <c>#if</c>, <c>#unless</c>,
/// <c>#each</c>, <c>else</c> and comments. So nothing reaches the engine that could call, include or look up something, and a list is gone through
/// once: inside one there is no way back to another, so the work is never more than what was sent times what is written.
/// </summary>
internal sealed partial class TemplateReading
{
    private const int MostExpressions = 300, MostDepth = 10;

    private readonly List<MergeUse> uses = [];
    private readonly List<TemplateError> errors = [];
    private readonly Stack<Block> open = new();
    private int line;

    public IReadOnlyList<MergeUse> Uses => uses;
    public IReadOnlyList<TemplateError> Errors => errors;

    public static TemplateReading Of(string text)
    {
        var reading = new TemplateReading();
        reading.Read(text);
        return reading;
    }

    private void Read(string text)
    {
        var (at, count, counted) = (0, 0, 0);
        while (text.IndexOf("{{", at, StringComparison.Ordinal) is var begin and >= 0)
        {
            line = 1 + text.AsSpan(0, begin).Count('\n');
            if (++count > MostExpressions)
            {
                Refuse("too_many", $"At most {MostExpressions} pairs of braces.");
                return;
            }
            if (begin > counted && text[begin - 1] == '\\') Refuse("escape", "A backslash before braces is not taken; write one brace alone, or as &#123;.");
            if (Read(text, begin) is not { } end) return;
            (at, counted) = (end, end);
        }
        foreach (var block in open) errors.Add(new TemplateError("not_closed", $"{{{{#{block.Kind}}}}} is never closed.", block.Line));
    }

    // One expression; where it ends, or null where it has no end.
    private int? Read(string text, int begin)
    {
        var rest = text.AsSpan(begin);
        var (opening, closing) = rest.StartsWith("{{!--") ? ("{{!--", "--}}") : rest.StartsWith("{{{{") ? ("{{{{", "}}}}") : rest.StartsWith("{{{") ? ("{{{", "}}}") : ("{{", "}}");
        var length = rest[opening.Length..].IndexOf(closing);
        if (length < 0)
        {
            Refuse("not_closed", "The braces are never closed.");
            return null;
        }
        var inside = rest.Slice(opening.Length, length).Trim('~').Trim().ToString();
        if (opening == "{{{{") Refuse("not_allowed", "Four braces are not taken.");
        else if (opening != "{{!--" && !inside.StartsWith('!')) Take(inside, isUnescaped: opening == "{{{");
        return begin + opening.Length + length + closing.Length;
    }

    private void Take(string inside, bool isUnescaped)
    {
        if (inside == "else") Turn();
        else if (inside.StartsWith('/')) Close(inside[1..].Trim());
        else if (inside.StartsWith('#')) Open(inside[1..].Trim());
        else if (PathOf(inside) is { } path) Use(path, isUnescaped: isUnescaped);
        else Refuse("not_allowed", $"This is no field: {Shown(inside)}. Fields are written as customer.first_name; beside them there are #if, #unless, #each and else.");
    }

    private void Open(string inside)
    {
        if (Opening().Match(inside) is not { Success: true } match || PathOf(match.Groups["path"].Value) is not { } path)
        {
            Refuse("not_allowed", $"Only #if, #unless and #each with one field are taken: {Shown(inside)}.");
            open.Push(new Block(inside.Split(' ')[0], null, null, line));
            return;
        }
        var kind = match.Groups["kind"].Value;
        if (open.Count >= MostDepth) Refuse("too_deep", $"At most {MostDepth} blocks within one another.");
        if (kind == "each" && match.Groups["path"].Value.StartsWith("@root", StringComparison.Ordinal) && Scope is not null)
            Refuse("not_allowed", "Inside #each, another #each goes through what the item has.");
        if (!path.StartsWith('@')) uses.Add(new MergeUse { Path = path, IsGuarded = kind != "each" || IsGuarded(path), IsList = kind == "each", Line = line });
        open.Push(new Block(kind, kind == "if" ? path : null, kind == "each" ? $"{path}[]" : null, line));
    }

    private void Turn()
    {
        if (!open.TryPop(out var block) || block.IsTurned) Refuse("not_opened", "There is nothing that this else belongs to.");
        else open.Push(block with { Guards = null, Scope = null, IsTurned = true });
    }

    private void Close(string kind)
    {
        if (!open.TryPop(out var block)) Refuse("not_opened", $"{{{{/{Shown(kind)}}}}} closes nothing.");
        else if (block.Kind != kind) Refuse("not_closed", $"{{{{#{block.Kind}}}}} of line {block.Line} is open here, and {{{{/{Shown(kind)}}}}} closes something else.");
    }

    private void Use(string path, bool isUnescaped)
    {
        if (path.StartsWith('@')) return; // the place in a list
        uses.Add(new MergeUse { Path = path, IsGuarded = IsGuarded(path), IsUnescaped = isUnescaped, Line = line });
    }

    private bool IsGuarded(string path) => open.Any(block => block.Guards == path);

    private string? Scope => open.Select(block => block.Scope).FirstOrDefault(scope => scope is not null);

    /// <summary>From the root; null for what is no field.</summary>
    private string? PathOf(string written)
    {
        if (Place().IsMatch(written)) return Scope is null ? null : written;
        if (!Path().IsMatch(written)) return null;
        if (written.StartsWith("@root.", StringComparison.Ordinal)) return written["@root.".Length..];
        if (Scope is not { } scope) return written == "this" || written.StartsWith("this.", StringComparison.Ordinal) ? null : written;
        return written == "this" ? scope : $"{scope}.{(written.StartsWith("this.", StringComparison.Ordinal) ? written["this.".Length..] : written)}";
    }

    private void Refuse(string code, string detail) => errors.Add(new TemplateError(code, detail, line));

    private static string Shown(string text) => text.Shortened(60);

    private sealed record Block(string Kind, string? Guards, string? Scope, int Line, bool IsTurned = false);

    [GeneratedRegex(@"^(?<kind>if|unless|each)\s+(?<path>\S+)$", RegexOptions.NonBacktracking)]
    private static partial Regex Opening();

    [GeneratedRegex(@"^(@root\.)?[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*){0,5}$", RegexOptions.NonBacktracking)]
    private static partial Regex Path();

    [GeneratedRegex("^@(index|first|last)$", RegexOptions.NonBacktracking)]
    private static partial Regex Place();
}
