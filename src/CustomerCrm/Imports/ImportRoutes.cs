using CustomerCrm.Imports.Running;
using CustomerCrm.Imports.Targets;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Access.Links;
using CustomerCrm.Platform.Files;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Jobs;

namespace CustomerCrm.Imports;

public static class ImportRoutes
{
    public static IServiceCollection AddImports(this IServiceCollection services)
    {
        services.AddOptions<ImportOptions>().BindConfiguration("Imports").ValidateDataAnnotations().ValidateOnStart();
        return services
            .AddScoped<ImportStore>().AddScoped<ImportRecords>().AddScoped<ImportQuota>().AddScoped<StartImport>().AddScoped<PlannedRowsFactory>()
            .AddScoped<ImportCheck>().AddScoped<ImportRun>().AddScoped<ImportUndo>()
            .AddScoped<IImportTarget, ConsentTarget>().AddScoped<IImportTarget, CustomerTarget>().AddScoped<IImportTarget, InteractionTarget>().AddScoped<IImportTarget, OrderTarget>().AddScoped<CustomerRestoring>().AddScoped<OrderRestoring>().AddScoped<MadeCustomers>().AddScoped<RowCustomers>().AddScoped<CustomerExtras>().AddScoped<TagChanges>()
            .AddJob<AdvanceImportJob, AdvanceImport>().AddJob<DropImportJob, DropImport>().AddJob<PruneImportsJob, PruneImports>();
    }

    /// <summary>Files of up to a million rows that become customers, orders, interactions or consents: looked at, tried, run, followed, and undone.</summary>
    public static void MapImports(this IEndpointRouteBuilder api)
    {
        var imports = api.MapGroup("/imports").WithTags("Imports");

        imports.MapPost("/", UploadImport.Handle).Needs("imports:write").TakesFile(ImportUpload.MostBytes, ImportUpload.MediaTypes).Describe("Upload a file",
            "The body is the file itself, up to 50 MiB and 1,000,000 rows: CSV or JSON lines. Encoding, separator, quoting and header are detected, unless they are said; a mapping is proposed from the header and the first rows. Nothing is written yet. The key also needs the scope to write what the rows are.");
        imports.MapGet("/", ShowImport.List).Needs("imports:read").Lists(ShowImport.All).Describe("List imports",
            "Newest first. An import, its file and what is needed to undo it are kept for 30 days after the last change.");
        imports.MapGet("/{import_id}", ShowImport.Handle).Needs("imports:read").Describe("Show an import",
            "What was detected, the mapping, and how far it has come; poll it, or follow its progress as a stream.");
        imports.MapPatch("/{import_id}", ChangeImport.Handle).Needs("imports:write").Describe("Change an import's mapping",
            "Says which column is written into which field (the tenant's own are `custom_fields.` and their name, tags of customers and orders are `tags`, parted by commas; an order's amounts are in minor units, `tax_minor`, or as people write them, `tax`; `total` is compared with what the rest comes to, and tells whether prices contain the tax; rows below it that name the same order and differ only in columns of `line.` are more lines of it), what happens to customers who are known, and what an empty cell means. Not once the run has begun: 409 `import_not_ready`. What a dry run found is forgotten.");
        imports.MapDelete("/{import_id}", RemoveImport.Handle).Needs("imports:write").Describe("Delete an import",
            "Forgets the file and what was noted of its rows; what was written stays and can no longer be undone. 409 `import_not_ready` while something goes on.");
        imports.MapPost("/{import_id}/dry_run", StartImport.DryRun).Needs("imports:write").StartsWork().Describe("Try an import",
            "Decides every row as the run would, and writes nothing but what it found: see the rows and the errors. Poll until `status` is `checked`.");
        imports.MapPost("/{import_id}/run", StartImport.Run).Needs("imports:write").StartsWork().Describe("Run an import",
            "Writes the rows, after a dry run or without one. After it was cancelled or failed it goes on where it stopped, unless it is being undone: 409 `import_not_ready`. A crash costs nothing: rows and position are committed together. 429 with the policy `imported_rows_per_day` when the day's quota does not suffice.");
        imports.MapPost("/{import_id}/cancel", StartImport.Cancel).Needs("imports:write").Describe("Cancel an import",
            "Stops a dry run or a run. What a run has written stays; run it on, or undo it.");
        imports.MapPost("/{import_id}/undo", StartImport.Undo).Needs("imports:write").StartsWork().Describe("Undo an import",
            "Removes what the run created, customers whom orders and interactions made along the way among it, and restores what it changed, except what somebody touched since and what can no longer be as it was; `undo` counts each. Poll until `status` is `undone`; if it is `failed`, undo it again, and it goes on where it stopped.");
        imports.MapGet("/{import_id}/rows", ListImportRows.Handle).Needs("imports:read").Lists(ListImportRows.List).Describe("List an import's rows",
            "Row by row in the file's order: what would become of each (`create`, `update`, `skip`, `conflict`, `invalid`) with every field that changes; once the run has begun, what became of them.");
        imports.MapGet("/{import_id}/errors", ListImportErrors.Handle).Needs("imports:read").Lists(ListImportErrors.List).Describe("List an import's errors",
            "What is wrong with which line and column, of the dry run or, once it has begun, of the run. Other rows are not held up by them.");
        imports.MapGet("/{import_id}/progress", FollowImport.Handle).Needs("imports:read").TakesTicket().AnswersFile("text/event-stream").Describe("Follow an import",
            "Server-sent events named `progress`, one whenever something changed, until nothing goes on. Read them with `fetch` and the usual header, or where no header can be sent, by a ticket.");
        imports.MapPost("/{import_id}/progress_ticket", MakeTicket.Handle).Needs("imports:write").ReadsOnly().Describe("Make a ticket for the progress",
            "An address of the stream that opens once, within a minute, without a key: for `EventSource`, which sends no header.");
    }
}
