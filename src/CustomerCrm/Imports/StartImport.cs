using CustomerCrm.Imports.Running;
using CustomerCrm.Imports.Targets;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Imports;

/// <summary>The four things that can be done with an import: each sets its status, and a job does the work.</summary>
internal sealed class StartImport(ImportStore imports, IEnumerable<IImportTarget> targets, ImportQuota quota, Caller caller, JobQueue jobs, EventLog events)
{
    /// <summary>POST /v1/imports/{import_id}/dry_run</summary>
    internal static Task<Accepted<Import>> DryRun([FromRoute(Name = "import_id")] Id<Import> importId, IfMatch ifMatch, StartImport start, CancellationToken ct) => start.DryRunAsync(importId, ifMatch, ct);

    /// <summary>POST /v1/imports/{import_id}/run</summary>
    internal static Task<Accepted<Import>> Run([FromRoute(Name = "import_id")] Id<Import> importId, IfMatch ifMatch, StartImport start, CancellationToken ct) => start.RunAsync(importId, ifMatch, ct);

    /// <summary>POST /v1/imports/{import_id}/cancel</summary>
    internal static Task<Import> Cancel([FromRoute(Name = "import_id")] Id<Import> importId, IfMatch ifMatch, StartImport start, CancellationToken ct) => start.CancelAsync(importId, ifMatch, ct);

    /// <summary>POST /v1/imports/{import_id}/undo</summary>
    internal static Task<Accepted<Import>> Undo([FromRoute(Name = "import_id")] Id<Import> importId, IfMatch ifMatch, StartImport start, CancellationToken ct) => start.UndoAsync(importId, ifMatch, ct);

    private async Task<Accepted<Import>> DryRunAsync(Id<Import> importId, IfMatch ifMatch, CancellationToken ct)
    {
        var import = await FindAsync(importId, ifMatch, i => ImportLife.IsBeforeRun(i.Status), ct);
        await CheckMappingAsync(import, ct);
        return await GoAsync(import, import with { Status = ImportStatus.Checking, Position = 0, DryRun = new ImportTally() }, ct);
    }

    private async Task<Accepted<Import>> RunAsync(Id<Import> importId, IfMatch ifMatch, CancellationToken ct)
    {
        var import = await FindAsync(importId, ifMatch, ImportLife.MayRun, ct);
        await CheckMappingAsync(import, ct);
        await quota.TakeAsync(import, ct);
        events.Record("import.started", import);
        return await GoAsync(import, import with { Status = ImportStatus.Running, Run = import.Run ?? new ImportTally(), FailureCode = null }, ct);
    }

    private async Task<Import> CancelAsync(Id<Import> importId, IfMatch ifMatch, CancellationToken ct)
    {
        var import = await FindAsync(importId, ifMatch, i => i.Status is ImportStatus.Checking or ImportStatus.Running, ct);
        var cancelled = await imports.SaveAsync(import, import.Status == ImportStatus.Checking
            ? import with { Status = ImportStatus.Ready, Position = 0, DryRun = null }
            : import with { Status = ImportStatus.Cancelled }, ct);
        if (import.Status == ImportStatus.Running) await quota.GiveBackAsync(cancelled, ct);
        events.Record("import.cancelled", cancelled);
        await ImportRun.CatchUpAsync(cancelled, jobs, ct);
        return cancelled;
    }

    private async Task<Accepted<Import>> UndoAsync(Id<Import> importId, IfMatch ifMatch, CancellationToken ct)
    {
        var import = await FindAsync(importId, ifMatch, i => i.Run is not null && ImportLife.MayUndo(i.Status), ct);
        return await GoAsync(import, import with { Status = ImportStatus.Undoing, Undo = import.Undo ?? new UndoTally(), FailureCode = null }, ct);
    }

    private async Task<Import> FindAsync(Id<Import> id, IfMatch ifMatch, Func<Import, bool> may, CancellationToken ct)
    {
        var import = await imports.FindAsync(id, ct);
        var scope = targets.Single(t => t.Resource == import.Resource).Scope;
        if (!caller.Scopes.Has(scope)) throw ApiProblem.Forbidden("scope_missing", $"The API key lacks the scope {scope}.");
        ifMatch.Check(import.Revision);
        ImportLife.Ask(may(import), import);
        return import;
    }

    // A field of the tenant's own may be gone since the mapping was made.
    private async Task CheckMappingAsync(Import import, CancellationToken ct)
    {
        var target = targets.Single(t => t.Resource == import.Resource);
        if (target.WhatLacks(import.Mapping) is { } lacking) throw ApiProblem.Invalid(lacking);
        var fields = await target.FieldsAsync(ct);
        FieldError[] gone = [.. ChangeImport.ErrorsOf(import.Mapping, import, fields).Where(error => error.Code == ChangeImport.UnknownField)];
        if (gone.Length > 0) throw ApiProblem.Invalid(gone);
    }

    private async Task<Accepted<Import>> GoAsync(Import current, Import wanted, CancellationToken ct)
    {
        var import = await imports.SaveAsync(current, wanted, ct);
        await jobs.EnqueueAsync(new AdvanceImport(import.Id, caller.Actor.Name), ct);
        return TypedResults.Accepted($"/v1/imports/{import.Id}", import);
    }
}
