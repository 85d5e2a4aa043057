using System.Buffers;
using System.Globalization;
using System.Text.Json;
using CustomerCrm.Imports.Files;
using CustomerCrm.Money;
using CustomerCrm.Platform;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Imports.Mapping;

/// <summary>Turns the cells of a row into the JSON that the API itself would have been sent, so that the same rules hold for both. Pure.</summary>
internal sealed class RowReading
{
    private readonly Place[] places;
    private readonly Place? currency;
    private readonly bool clearsWithBlank, isCsv;
    private readonly TimeZoneInfo zone;
    private readonly string tenantCurrency;
    private readonly ArrayBufferWriter<byte> buffer = new(512);
    private readonly List<(Place Place, string? Value)> said = [];

    /// <param name="import">Its columns, mapping and what an empty cell means.</param>
    /// <param name="fields">What the columns can be written into.</param>
    /// <param name="zone">Where times without an offset were written.</param>
    /// <param name="tenantCurrency">Of amounts in rows that say none.</param>
    /// <exception cref="ApiProblem">422: a column is mapped to a field that is gone.</exception>
    public RowReading(Import import, IReadOnlyList<ImportField> fields, TimeZoneInfo zone, string tenantCurrency)
    {
        (this.zone, this.tenantCurrency) = (zone, tenantCurrency);
        (clearsWithBlank, isCsv) = (import.ClearsWithBlank, import.Format.Kind == FileKind.Csv);
        var columns = import.Columns.Index().ToDictionary(c => c.Item.Name, c => c.Index);
        places = [.. import.Mapping.Select((m, i) => new Place(columns[m.Column], m, fields.FirstOrDefault(f => f.Name == m.Field)
            ?? throw ApiProblem.Invalid($"/mapping/{i}/field", ChangeImport.UnknownField, $"There is no field {m.Field} any more.")))];
        currency = places.FirstOrDefault(place => place.Field.Name == "currency");
    }

    /// <summary>What its columns are written into.</summary>
    public IReadOnlyList<Place> Places => places;

    /// <summary>The cells of the row that was read last.</summary>
    public IReadOnlyList<(Place Place, string? Value)> Said => said;

    /// <returns>The JSON; empty where a cell cannot be read, and then the errors say which.</returns>
    public ReadOnlySpan<byte> Read(FileRow row, Action<Utf8JsonWriter, IReadOnlyList<(Place Place, string? Value)>> compose, List<RowError> errors)
    {
        said.Clear();
        var of = CurrencyOf(row);
        Say(row, line: null, of, errors);
        for (var line = 0; line < row.Lines.Count; line++) Say(row.Lines[line], line, of, errors);
        if (errors.Count > 0) return [];

        buffer.ResetWrittenCount();
        using var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true });
        compose(json, said);
        json.Flush();
        return buffer.WrittenSpan;
    }

    /// <param name="row">Whose cells.</param>
    /// <param name="line">Which of an order's lines they are; null for the row itself, whose line is then among its lines if it has several.</param>
    /// <param name="of">The currency.</param>
    /// <param name="errors">What cannot be read.</param>
    private void Say(FileRow row, int? line, string of, List<RowError> errors)
    {
        if (row.Problem is var (code, detail)) errors.Add(new RowError(null, code, detail) { Line = row.Line });
        foreach (var place in places)
        {
            if (place.Field.IsOfLine ? line is null && row.Lines.Count > 0 : line is not null) continue;
            var cell = row.Cells[place.Cell]?.Trim();
            if (string.IsNullOrEmpty(cell))
            {
                if (clearsWithBlank && place.Field.IsClearable) said.Add((place, null));
                continue;
            }
            if (isCsv) cell = FormulaGuard.Plain(cell); // what an export guarded comes back as it was
            if (WrittenCell.ValueOf(cell, place.Field.Form, place.Mapping.DateFormat, zone, of, !isCsv) is { } value) said.Add((line is > 0 and var at ? place with { Line = at } : place, value));
            else errors.Add(new RowError(place.Mapping.Column, $"{place.Field.Form.ToString().ToLowerInvariant()}_invalid", WrittenCell.SayingOf(place.Field.Form)) { Line = row.Line });
        }
    }

    /// <summary>An error of the API's, by the column and the line of the file that it is about.</summary>
    public RowError ErrorOf(FieldError error, FileRow row) => new(ColumnOf(error), error.Code, error.Detail)
    {
        Line = error.Pointer.Split('/') is ["", "lines", var at, ..] && int.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var line) && line < row.Lines.Count ? row.Lines[line].Line : null,
    };

    private string? ColumnOf(FieldError error)
    {
        var parts = error.Pointer.Split('/', StringSplitOptions.RemoveEmptyEntries);
        foreach (var part in parts.Reverse())
            if (places.FirstOrDefault(p => Ends(p.Field.Name, part) || Ends(p.Field.WrittenInto, part)) is { } place) return place.Mapping.Column;
        return null;

        static bool Ends(string? name, string part) => name == part || name?.EndsWith("." + part, StringComparison.Ordinal) == true;
    }

    /// <summary>As a value of its kind is written in JSON, or as its text.</summary>
    public static void Write(Utf8JsonWriter json, string name, FieldForm form, string? value)
    {
        json.WritePropertyName(name);
        if (value is null) json.WriteNullValue();
        else if (form is FieldForm.Whole or FieldForm.Number or FieldForm.Flag or FieldForm.Json or FieldForm.Amount) json.WriteRawValue(value, skipInputValidation: true);
        else json.WriteStringValue(value);
    }

    private string CurrencyOf(FileRow row)
    {
        var said = currency is null ? null : row.Cells[currency.Cell]?.Trim().ToUpperInvariant();
        return said is not null && Currencies.IsKnown(said) ? said : tenantCurrency;
    }

    /// <summary>A column and what it is written into.</summary>
    internal sealed record Place(int Cell, ColumnMapping Mapping, ImportField Field)
    {
        /// <summary>Of which line of an order the cell is, from 0.</summary>
        public int Line { get; init; }
    }
}
