using System.Buffers;
using System.Globalization;
using System.Text.Json;
using CustomerCrm.Imports.Files;
using CustomerCrm.Platform;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Imports.Mapping;

/// <summary>Turns the cells of a row into the JSON that the API itself would have been sent, so that the same rules hold for both. Pure.</summary>
internal sealed class RowReading
{
    private readonly Place[] places;
    private readonly bool clearsWithBlank, isCsv;
    private readonly TimeZoneInfo zone;
    private readonly ArrayBufferWriter<byte> buffer = new(512);
    private readonly List<(Place Place, string? Value)> said = [];

    /// <param name="import">Its columns, mapping and what an empty cell means.</param>
    /// <param name="fields">What the columns can be written into.</param>
    /// <param name="zone">Where times without an offset were written.</param>
    /// <exception cref="ApiProblem">422: a column is mapped to a field that is gone.</exception>
    public RowReading(Import import, IReadOnlyList<ImportField> fields, TimeZoneInfo zone)
    {
        this.zone = zone;
        (clearsWithBlank, isCsv) = (import.ClearsWithBlank, import.Format.Kind == FileKind.Csv);
        var columns = import.Columns.Index().ToDictionary(c => c.Item.Name, c => c.Index);
        places = [.. import.Mapping.Select((m, i) => new Place(columns[m.Column], m, fields.FirstOrDefault(f => f.Name == m.Field)
            ?? throw ApiProblem.Invalid($"/mapping/{i}/field", ChangeImport.UnknownField, $"There is no field {m.Field} any more.")))];
    }

    /// <summary>The cells of the row that was read last.</summary>
    public IReadOnlyList<(Place Place, string? Value)> Said => said;

    /// <returns>The JSON; empty where a cell cannot be read, and then the errors say which.</returns>
    public ReadOnlySpan<byte> Read(FileRow row, Action<Utf8JsonWriter, IReadOnlyList<(Place Place, string? Value)>> compose, List<RowError> errors)
    {
        if (row.Problem is var (code, detail)) errors.Add(new RowError(null, code, detail));
        said.Clear();
        foreach (var place in places)
        {
            var cell = row.Cells[place.Cell]?.Trim();
            if (string.IsNullOrEmpty(cell))
            {
                if (clearsWithBlank && place.Field.IsClearable) said.Add((place, null));
                continue;
            }
            if (isCsv) cell = FormulaGuard.Plain(cell); // what an export guarded comes back as it was
            if (ValueOf(cell, place) is { } value) said.Add((place, value));
            else errors.Add(new RowError(place.Mapping.Column, $"{place.Field.Form.ToString().ToLowerInvariant()}_invalid", SayingOf(place.Field.Form)));
        }
        if (errors.Count > 0) return [];

        buffer.ResetWrittenCount();
        using var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true });
        compose(json, said);
        json.Flush();
        return buffer.WrittenSpan;
    }

    /// <summary>The column that an error of the API's is about.</summary>
    public string? ColumnOf(FieldError error)
    {
        var parts = error.Pointer.Split('/', StringSplitOptions.RemoveEmptyEntries);
        foreach (var part in parts.Reverse())
            if (places.FirstOrDefault(p => p.Field.Name == part || p.Field.Name.EndsWith("." + part, StringComparison.Ordinal) || p.Field.WrittenInto == part) is { } place) return place.Mapping.Column;
        return null;
    }

    /// <summary>As a value of its kind is written in JSON, or as its text.</summary>
    public static void Write(Utf8JsonWriter json, string name, FieldForm form, string? value)
    {
        json.WritePropertyName(name);
        if (value is null) json.WriteNullValue();
        else if (form is FieldForm.Whole or FieldForm.Number or FieldForm.Flag or FieldForm.Json) json.WriteRawValue(value, skipInputValidation: true);
        else json.WriteStringValue(value);
    }

    private string? ValueOf(string cell, Place place) => place.Field.Form switch
    {
        FieldForm.Day => WrittenTime.DayOf(cell, place.Mapping.DateFormat),
        FieldForm.Time => WrittenTime.TimeOf(cell, place.Mapping.DateFormat, zone),
        FieldForm.Whole => long.TryParse(cell, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? whole.ToString(CultureInfo.InvariantCulture) : null,
        FieldForm.Number => decimal.TryParse(cell, NumberStyles.Number & ~NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number) ? number.ToString(CultureInfo.InvariantCulture) : null,
        FieldForm.Flag => cell.ToUpperInvariant() switch { "TRUE" or "YES" or "Y" or "1" => "true", "FALSE" or "NO" or "N" or "0" => "false", _ => null },
        FieldForm.Json => IsJson(cell) ? cell : null,
        _ => cell,
    };

    private static bool IsJson(string cell)
    {
        try
        {
            using var document = JsonDocument.Parse(cell);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string SayingOf(FieldForm form) => form switch
    {
        FieldForm.Day => "Not a day, or not written as the mapping's date_format says.",
        FieldForm.Time => "Not a time, or not written as the mapping's date_format says.",
        FieldForm.Whole => "Not a whole number.",
        FieldForm.Number => "Not a number; write a point before the decimals.",
        FieldForm.Flag => "Neither true nor false.",
        _ => "Not valid JSON.",
    };

    /// <summary>A column and what it is written into.</summary>
    internal sealed record Place(int Cell, ColumnMapping Mapping, ImportField Field);
}

/// <summary>Something wrong with a row.</summary>
internal sealed record RowError(string? Column, string Code, string Detail);
