namespace CustomerCrm.Templates.Rendering;

/// <summary>A field where a template uses it.</summary>
internal sealed record MergeUse
{
    /// <summary>From the root: <c>customer.first_name</c>; inside a list from there: <c>order.lines[].name</c>.</summary>
    public required string Path { get; init; }

    /// <summary>Written only where it is not empty, or only asked whether it is.</summary>
    public required bool IsGuarded { get; init; }

    /// <summary>With three braces: as it is, in HTML too.</summary>
    public bool IsUnescaped { get; init; }

    /// <summary>What <c>{{#each}}</c> goes through.</summary>
    public bool IsList { get; init; }

    public required int Line { get; init; }
}

/// <summary>Why a text is no template.</summary>
internal sealed record TemplateError(string Code, string Detail, int Line);
