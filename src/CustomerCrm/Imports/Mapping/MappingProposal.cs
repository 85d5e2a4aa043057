using CustomerCrm.Customers.Searching;
using CustomerCrm.Imports.Files;

namespace CustomerCrm.Imports.Mapping;

/// <summary>Which column is meant for which field: by its name first, then by what its first cells look like. Pure.</summary>
internal static class MappingProposal
{
    private static readonly string[] dateFormats = ["yyyy-MM-dd", "dd.MM.yyyy", "d.M.yyyy", "dd/MM/yyyy", "MM/dd/yyyy", "d/M/yyyy", "M/d/yyyy", "yyyy/MM/dd", "dd-MM-yyyy", "yyyyMMdd"];
    private static readonly string[] timeFormats = ["", " HH:mm", " HH:mm:ss", " h:mm tt"];

    public static IReadOnlyList<ColumnMapping> For(FileSurvey survey, IReadOnlyList<ImportField> fields)
    {
        var (mapping, taken) = (new List<ColumnMapping>(), new HashSet<string>());
        foreach (var (i, column) in survey.Columns.Index())
        {
            var cells = survey.First.Select(row => row.Cells[i]?.Trim()).OfType<string>().Where(cell => cell.Length > 0).ToArray();
            var key = KeyOf(column.Name);
            var field = fields.FirstOrDefault(f => IsFree(f) && IsCalled(f, key))
                ?? fields.FirstOrDefault(f => IsFree(f) && f.Looks is { } looks && cells.Length > 0 && cells.All(looks));
            if (field is null) continue;

            taken.Add(field.Name);
            mapping.Add(new ColumnMapping
            {
                Column = column.Name,
                Field = field.Name,
                Source = field.NeedsSource ? SourceOf(key) : null,
                DateFormat = field.Form is FieldForm.Day or FieldForm.Time ? FormatOf(cells, field.Form) : null,
            });
        }
        return mapping;

        bool IsFree(ImportField field) => field.TakesMany || !taken.Contains(field.Name);
    }

    /// <summary>Whether one of the fields is called so, by its name or what people call it.</summary>
    public static bool IsName(string cell, IEnumerable<ImportField> fields) => KeyOf(cell) is var key && fields.Any(f => IsCalled(f, key));

    private static bool IsCalled(ImportField field, string key) => KeyOf(field.Name) == key || field.Synonyms.Contains(key);

    /// <summary><c>E-Mail Adresse</c> and <c>email_adresse</c> are the same name.</summary>
    internal static string KeyOf(string name) => string.Concat(Folding.Fold(name).Where(char.IsLetterOrDigit));

    // shopify_id says where it is from; customer number does not.
    private static string SourceOf(string key) =>
        key.EndsWith("id", StringComparison.Ordinal) && key.Length > 4 && key is not ("customerid" or "clientid" or "contactid" or "externalid" or "orderid" or "kundenid") ? key[..^2] : "import";

    // Year, month, day needs no word. Of two forms that fit, day before month: more of the world writes it so.
    private static string? FormatOf(string[] cells, FieldForm form)
    {
        return Fits(null) ? null : dateFormats.SelectMany(date => timeFormats, (date, time) => date + time).FirstOrDefault(Fits);

        bool Fits(string? format) => cells.All(cell => (form == FieldForm.Day ? WrittenTime.DayOf(cell, format) : WrittenTime.TimeOf(cell, format, TimeZoneInfo.Utc)) is not null);
    }
}
