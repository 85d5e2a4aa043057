namespace CustomerCrm.Imports.Mapping;

/// <summary>Something that a column can be written into.</summary>
/// <param name="Name">On the wire: <c>first_name</c>.</param>
/// <param name="Form">How a cell is read.</param>
/// <param name="Synonyms">What people call such a column, folded and without spaces: <c>vorname</c>.</param>
internal sealed record ImportField(string Name, FieldForm Form, params string[] Synonyms)
{
    /// <summary>Several columns may be written into it.</summary>
    public bool TakesMany { get; init; }

    /// <summary>Says of which system or network its values are.</summary>
    public bool NeedsSource { get; init; }

    /// <summary>It is of one of several things that a row and those below it have: the lines of an order.</summary>
    public bool IsOfLine { get; init; }

    /// <summary>It is compared with what the others come to, and not written.</summary>
    public bool IsChecked { get; init; }

    /// <summary>An empty cell may clear it.</summary>
    public bool IsClearable { get; init; }

    /// <summary>The member of the API's body that it ends up in, where that has another name.</summary>
    public string? WrittenInto { get; init; }

    /// <summary>Recognises its values where the header says nothing.</summary>
    public Func<string, bool>? Looks { get; init; }
}

/// <summary>How the text of a cell becomes a JSON value.</summary>
internal enum FieldForm
{
    Text,
    Day,
    Time,
    Whole,
    Number,
    Flag,

    /// <summary>Money in main units, which JSON has in minor ones.</summary>
    Amount,

    /// <summary>The cell holds JSON.</summary>
    Json,
}
