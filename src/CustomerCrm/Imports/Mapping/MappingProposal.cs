using CustomerCrm.Customers;
using CustomerCrm.Customers.Searching;
using CustomerCrm.Imports.Files;
using CustomerCrm.Interactions;
using CustomerCrm.Orders;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Imports.Mapping;

/// <summary>Which column is meant for which field: by its name first, then by what its first cells look like. Pure.</summary>
internal static class MappingProposal
{
    // Shops say whose or which address a column is of.
    private static readonly string[] beforeNames = ["defaultaddress", "billing"];

    private static readonly string?[] formats =
    [
        null,
        .. from date in new[] { "yyyy-MM-dd", "dd.MM.yyyy", "d.M.yyyy", "dd/MM/yyyy", "MM/dd/yyyy", "d/M/yyyy", "M/d/yyyy", "yyyy/MM/dd", "dd-MM-yyyy", "yyyyMMdd" }
           from time in new[] { "", " H:mm", " H:mm:ss", " h:mm tt" }
           select date + time,
    ];

    public static IReadOnlyList<ColumnMapping> For(FileSurvey survey, IReadOnlyList<ImportField> fields)
    {
        string[] keys = [.. survey.Columns.Select(column => KeyOf(column.Name))];
        string[][] cells = [.. survey.Columns.Select((_, i) => survey.First.Select(row => row.Cells[i]?.Trim()).OfType<string>().Where(cell => cell.Length > 0).ToArray())];
        Func<ImportField, int, bool>[] ways =
        [
            (field, i) => IsCalled(field, keys[i]) && KeyOf(field.Name) is var name && (name == keys[i] || name == "line" + keys[i]),
            (field, i) => IsCalled(field, keys[i]),
            (field, i) => beforeNames.Any(before => keys[i].StartsWith(before, StringComparison.Ordinal) && IsCalled(field, keys[i][before.Length..])),
            (field, i) => field.Looks is { } looks && cells[i].Length > 0 && cells[i].All(looks),
        ];
        // A column that is called so comes before one that is called nearly so, wherever they stand.
        var meant = new ImportField?[keys.Length];
        foreach (var means in ways)
            for (var i = 0; i < keys.Length; i++) meant[i] ??= fields.FirstOrDefault(field => (field.TakesMany || !meant.Contains(field)) && means(field, i) && CanBe(field, cells[i]));
        return
        [
            .. from pair in meant.Index()
               where pair.Item is not null
               select new ColumnMapping
               {
                   Column = survey.Columns[pair.Index].Name,
                   Field = pair.Item.Name,
                   Source = pair.Item.NeedsSource ? SourceOf(keys[pair.Index]) : null,
                   DateFormat = FormatOf(cells[pair.Index], pair.Item.Form),
               },
        ];
    }

    /// <summary>Whether one of the fields is called so, by its name or what people call it.</summary>
    public static bool IsName(string cell, IEnumerable<ImportField> fields) => KeyOf(cell) is var key && fields.Any(f => IsCalled(f, key));

    private static bool IsCalled(ImportField field, string key) => KeyOf(field.Name) == key || field.Synonyms.Contains(key);

    /// <summary><c>E-Mail Adresse</c> and <c>email_adresse</c> are the same name.</summary>
    internal static string KeyOf(string name) => string.Concat(Folding.Fold(name).Where(char.IsLetterOrDigit));

    // shopify_id says where it is from; customer number does not.
    private static string SourceOf(string key) =>
        key.EndsWith("id", StringComparison.Ordinal) && key.Length > 4 && key is not ("customerid" or "clientid" or "contactid" or "externalid" or "orderid" or "recordid" or "kundenid") ? key[..^2] : "import";

    // Year, month, day needs no word. Of two forms that fit, day before month: more of the world writes it so. A cell that is no date does not hide what the others are.
    private static string? FormatOf(string[] cells, FieldForm form) =>
        form is FieldForm.Day or FieldForm.Time ? formats.MaxBy(format => cells.Count(cell => IsRead(cell, form, format))) : null;

    // Not where every row would be invalid (birthdays without a year); and an id of ours, in what was exported here, is no other system's.
    private static bool CanBe(ImportField field, string[] cells) => cells.Length == 0 || (field.Form is FieldForm.Day or FieldForm.Time
        ? FormatOf(cells, field.Form) is var format && cells.Any(cell => IsRead(cell, field.Form, format))
        : field.Form == FieldForm.Amount ? cells.Any(cell => cell.Any(char.IsAsciiDigit))
        : field.Name == "customer_id" ? cells.All(IsOurs)
        : !field.NeedsSource || !cells.All(IsOurs));

    private static bool IsOurs(string cell) => Id<Customer>.TryRead(cell, out _) || Id<Order>.TryRead(cell, out _) || Id<Interaction>.TryRead(cell, out _);

    private static bool IsRead(string cell, FieldForm form, string? format) =>
        (form == FieldForm.Day ? WrittenTime.DayOf(cell, format) : WrittenTime.TimeOf(cell, format, TimeZoneInfo.Utc)) is not null;
}
