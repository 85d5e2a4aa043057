using CustomerCrm.Customers.Identities;
using CustomerCrm.Imports.Files;
using CustomerCrm.Imports.Mapping;
using CustomerCrm.Imports.Targets;
using CustomerCrm.Platform.Files;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Tenant;

namespace CustomerCrm.Imports.Running;

/// <summary>Opens an import's file where the phase that goes on has come to.</summary>
internal sealed class PlannedRowsFactory(IFileStore files, IEnumerable<IImportTarget> targets, IdentityReader identities, CurrentSettings settings, Foreground foreground)
{
    /// <param name="import">Whose file.</param>
    /// <param name="rehearsal">Of a dry run: what earlier rows of the file would have changed.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="ApiProblem">422: a column is mapped to a field that is gone.</exception>
    public async Task<PlannedRows> OpenAsync(Import import, Rehearsal? rehearsal, CancellationToken ct)
    {
        var tenant = await settings.GetAsync(ct);
        var (target, terms) = (targets.Single(t => t.Resource == import.Resource), await TermsAsync(import, ct));
        var reading = new RowReading(import, await target.FieldsAsync(ct), TimeZoneInfo.FindSystemTimeZoneById(tenant.TimeZone), tenant.Currency);
        var rows = target.Join(FileRows.Open(files.Open(import.StoredAs), import.Format, import.Columns.Select(column => column.Name)), reading);
        rows.Skip(import.Position);
        return new PlannedRows(rows, reading, target, terms, rehearsal, foreground);
    }

    public async Task<RunTerms> TermsAsync(Import import, CancellationToken ct) => new(import.OnMatch, await identities.TenantCountryAsync(ct));
}
