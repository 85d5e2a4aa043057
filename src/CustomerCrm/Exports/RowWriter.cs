using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CsvHelper;
using CustomerCrm.Platform;
using CustomerCrm.Platform.Json;

namespace CustomerCrm.Exports;

/// <summary>Writes the rows of a list as a file, member by member as the API shows them.</summary>
internal abstract class RowWriter : IDisposable
{
    public static RowWriter Of(ExportFormat format, Stream file, Type row) => format == ExportFormat.Csv ? new Csv(file, row) : new Lines(file);

    public abstract void Write(object row);

    public abstract void Flush();

    public abstract void Dispose();

    private sealed class Lines(Stream file) : RowWriter
    {
        public override void Write(object row)
        {
            JsonSerializer.Serialize(file, row, row.GetType(), StrictJson.Options);
            file.WriteByte((byte)'\n');
        }

        public override void Flush() => file.Flush();

        public override void Dispose() { } // the file is its owner's
    }

    /// <summary>What is no single value stands in its cell as JSON.</summary>
    private sealed class Csv : RowWriter
    {
        private readonly CsvWriter writer;
        private readonly JsonPropertyInfo[] columns;

        public Csv(Stream file, Type row)
        {
            columns = [.. StrictJson.Options.GetTypeInfo(row).Properties.Where(p => p.Get is not null)];
            // Text that a spreadsheet would run is guarded, and in quotes, so that nobody takes an apostrophe for the file's quote; numbers are numbers.
            writer = CsvWriter.Create(file, new CsvWriterOptions { ShouldQuote = (text, _, _, _) => text is ['\'', ..], WriteByteOrderMark = true }, leaveOpen: true);
            writer.WriteRecord(Array.ConvertAll(columns, column => column.Name));
        }

        public override void Write(object row)
        {
            foreach (var column in columns) WriteCell(column.Get!(row), column.PropertyType);
            writer.EndRecord();
        }

        public override void Flush() => writer.Flush();

        public override void Dispose() => writer.Dispose();

        private void WriteCell(object? value, Type type)
        {
            if (value is null)
            {
                writer.WriteField("");
                return;
            }
            var json = JsonSerializer.SerializeToElement(value, type, StrictJson.Options);
            switch (json.ValueKind)
            {
                case JsonValueKind.Number: writer.WriteField(json.GetDecimal(), default); break;
                case JsonValueKind.String: writer.WriteField(FormulaGuard.Guarded(json.GetString()!)); break;
                default: writer.WriteField(json.GetRawText()); break;
            }
        }
    }
}
