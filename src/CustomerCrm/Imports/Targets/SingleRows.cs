using System.Text.Json;
using CustomerCrm.Imports.Files;
using CustomerCrm.Imports.Mapping;
using CustomerCrm.Imports.Running;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Platform.Validation;

namespace CustomerCrm.Imports.Targets;

/// <summary>Rows that are written one by one by the code that serves the API, because much follows from each: customers found or made, figures, events.</summary>
internal abstract class SingleRows<TRequest> : IImportTarget where TRequest : class
{
    public abstract ImportResource Resource { get; }
    public abstract string Scope { get; }
    public abstract ValueTask<IReadOnlyList<ImportField>> FieldsAsync(CancellationToken ct);
    public bool IsSlow => true;
    public virtual FileRows Join(FileRows rows, RowReading reading) => rows;
    public abstract FieldError? WhatLacks(IReadOnlyList<ColumnMapping> mapping);
    public abstract void Compose(Utf8JsonWriter json, IReadOnlyList<(RowReading.Place Place, string? Value)> cells);
    public abstract Task<IReadOnlyList<bool>> TakeBackAsync(IReadOnlyList<WrittenRow> rows, CancellationToken ct);

    /// <summary>What would become of it, by what is there now and what earlier rows of a rehearsal left.</summary>
    protected abstract Task DecideAsync(Planned plan, RunTerms terms, Rehearsal? rehearsal, CancellationToken ct);

    /// <exception cref="ApiProblem">It is refused, before anything of it is written.</exception>
    protected abstract Task WriteAsync(Planned plan, CancellationToken ct);

    /// <summary>What a row says for comparison only, against what it says else.</summary>
    protected virtual FieldError? Check(ref TRequest request, IReadOnlyList<(RowReading.Place Place, string? Value)> said) => null;

    /// <summary>What it is recognised by, if anything.</summary>
    protected abstract object? KeyOf(TRequest request);

    /// <summary>What other rows may be about too.</summary>
    protected virtual IEnumerable<object> NamesOf(TRequest request, RunTerms terms) => KeyOf(request) is { } key ? [key] : [];

    public RowPlan Plan(FileRow row, ReadOnlySpan<byte> json, RowReading reading, RunTerms terms)
    {
        if (StrictJson.TryRead<TRequest>(json, out var wrong) is not { } request) return Refused([wrong!]);
        if (RequestRules.ErrorsOf(request) is { Count: > 0 } broken) return Refused(broken);
        return Check(ref request, reading.Said) is { } differs ? Refused([differs]) : new Planned(row, request, [.. NamesOf(request, terms)], reading) { Tags = TagChanges.In(reading.Said) };

        RowPlan Refused(IEnumerable<FieldError> errors)
        {
            var plan = new RowPlan(row);
            plan.Errors.AddRange(errors.Select(e => reading.ErrorOf(e, row)));
            return plan;
        }
    }

    public async Task DecideAsync(IReadOnlyList<RowPlan> rows, RunTerms terms, Rehearsal? rehearsal, CancellationToken ct)
    {
        foreach (var plan in rows.OfType<Planned>())
        {
            try
            {
                await DecideAsync(plan, terms, rehearsal?.Concerns(plan) == true ? rehearsal : null, ct);
            }
            catch (ApiProblem problem) when (problem.Status < StatusCodes.Status500InternalServerError)
            {
                plan.Refuse(problem);
            }
        }
    }

    public async Task WriteAsync(IReadOnlyList<RowPlan> rows, RunTerms terms, bool isCareful, CancellationToken ct)
    {
        foreach (var plan in rows.OfType<Planned>())
        {
            plan.Errors.Clear(); // an earlier row of the file may have made right what was wrong when this one was looked at ahead
            plan.Along = [];
            try
            {
                await DecideAsync(plan, terms, rehearsal: null, ct);
                if (plan.Outcome is ImportOutcome.Create or ImportOutcome.Update) await WriteAsync(plan, ct);
            }
            catch (ApiProblem problem) when (problem.Status < StatusCodes.Status500InternalServerError)
            {
                plan.Refuse(problem);
            }
        }
    }

    /// <summary>A row that can be read.</summary>
    internal sealed class Planned(FileRow row, TRequest request, IReadOnlyList<object> names, RowReading reading) : RowPlan(row)
    {
        public TRequest Request => request;

        /// <summary>Tags that it names.</summary>
        public IReadOnlyList<string> Tags { get; init; } = [];

        /// <summary>What it does besides: those of them that are to be put on, and the customer whom it makes.</summary>
        public IReadOnlyList<FieldChange> Along { get; set; } = [];

        public override IEnumerable<object> Names => names;

        public override IReadOnlyList<FieldChange> WhatUndoNeeds() => Along;

        /// <summary>Something is wrong with it that does not hold it up.</summary>
        public void Note(FieldError error) => Errors.Add(reading.ErrorOf(error, Row));

        public void Refuse(ApiProblem problem)
        {
            (Outcome, ResourceId, WrittenAt, Changes) = (ImportOutcome.Invalid, null, null, []);
            if (problem.Errors.Count == 0) Errors.Add(new RowError(null, problem.Code, problem.Message));
            else foreach (var error in problem.Errors) Note(error);
        }
    }
}
