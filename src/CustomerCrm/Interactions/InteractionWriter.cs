using CustomerCrm.CustomFields;
using CustomerCrm.CustomFields.Values;
using CustomerCrm.Customers;
using CustomerCrm.Customers.Identities.Forms;
using CustomerCrm.Customers.Resolution;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.History;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Platform.Records;

namespace CustomerCrm.Interactions;

/// <summary>Writes interactions, and with them when their customers were seen.</summary>
internal sealed class InteractionWriter(
    TenantDb db, CustomerFinder finder, CustomerSeen seen, CustomFieldReader fieldReader, CustomFieldWriter fieldWriter,
    FieldHistory history, RecordBin bin, EventLog events, TimeProvider clock)
{
    /// <returns>201 and the new one; 200 and the one there is, if it has the same source and external id.</returns>
    /// <exception cref="ApiProblem">422 and 404, before anything is written.</exception>
    public async Task<(int Status, Interaction Interaction)> RecordAsync(RecordInteraction.Request request, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var occurredAt = InteractionTime.Of(request.OccurredAt, now);
        var external = ExternalOf(request);
        if (external is not null && await FindAsync(external, ct) is { } known) return (StatusCodes.Status200OK, known);

        var fields = await fieldReader.ReadAsync(CustomFieldResource.Interactions, request.CustomFields, CustomFieldValues.None, "", ct);
        var interaction = new Interaction
        {
            Id = Id<Interaction>.New(),
            CustomerId = request.CustomerId ?? await finder.FindOrCreateAsync(request.Customer!, "/customer", ct),
            Channel = request.Channel!.Value,
            Direction = request.Direction!.Value,
            OccurredAt = occurredAt,
            Agent = request.Agent,
            Subject = request.Subject,
            Body = request.Body,
            Outcome = request.Outcome,
            DurationSeconds = request.DurationSeconds,
            Source = external?.Source,
            ExternalId = external?.Value,
            CustomFields = fields,
            Revision = 1,
            CreatedAt = now,
            UpdatedAt = now,
        };
        try
        {
            if (await db.ExecuteAsync(Insert, RowOf(interaction, external), ct) == 0) throw ApiProblem.NotFound("customer");
        }
        catch (DuplicateKeyException) when (external is not null) // somebody was faster
        {
            return (StatusCodes.Status200OK, (await FindAsync(external, ct))!);
        }
        await fieldWriter.WriteAsync(CustomFieldResource.Interactions, interaction.Id.Value, CustomFieldValues.None, fields, ct);
        await seen.AtAsync(interaction.CustomerId, occurredAt, ct);
        events.Record("interaction.recorded", interaction, interaction.CustomerId.Value);
        return (StatusCodes.Status201Created, interaction);
    }

    /// <summary>The one that is there with the same source and external id; null if there is none.</summary>
    public async Task<Interaction?> KnownAsync(RecordInteraction.Request request, CancellationToken ct) => ExternalOf(request) is { } external ? await FindAsync(external, ct) : null;

    public async Task<Interaction> ChangeAsync(Interaction current, Interaction wanted, CancellationToken ct)
    {
        if (wanted == current) return current;
        var changed = wanted with { Revision = current.Revision + 1, UpdatedAt = clock.GetUtcNow() };
        if (await db.ExecuteAsync(Update, RowOf(changed, external: null), ct) == 0) throw ApiProblem.PreconditionFailed();
        await fieldWriter.WriteAsync(CustomFieldResource.Interactions, changed.Id.Value, current.CustomFields, changed.CustomFields, ct);
        if (changed.OccurredAt != current.OccurredAt) await seen.RecountAsync(changed.CustomerId, ct);
        await history.RecordAsync(changed.Id, changed.CustomerId.Value, changed.Revision, current, changed, ct);
        events.Record("interaction.updated", changed, changed.CustomerId.Value);
        return changed;
    }

    public async Task RemoveAsync(Interaction current, CancellationToken ct)
    {
        await bin.PutAsync(InteractionRecord.RecordKind, current.Id, current.Revision, current.CustomerId.Value, current.Subject, ct);
        await seen.RecountAsync(current.CustomerId, ct);
        events.Record("interaction.removed", current, current.CustomerId.Value);
    }

    /// <summary>It turns out to have been with another customer: it stands in that one's timeline from now on. What is in the bin stays there.</summary>
    public async Task MoveAsync(Id<Interaction> interactionId, Id<Customer> to, CancellationToken ct)
    {
        if (await db.FindAsync<Interaction>(ShowInteraction.ById, new { InteractionId = interactionId }, ct) is not { } current || current.CustomerId == to) return;
        var moved = current with { CustomerId = to, Revision = current.Revision + 1, UpdatedAt = clock.GetUtcNow() };
        await db.ExecuteAsync(Move, new { moved.Id, moved.CustomerId, moved.Revision, moved.UpdatedAt }, ct);
        await seen.RecountAsync(current.CustomerId, ct);
        await seen.AtAsync(to, moved.OccurredAt, ct);
        events.Record("interaction.updated", moved, to.Value);
    }

    /// <summary>What was said in it is taken away for good; that it was said stays.</summary>
    public Task RedactAsync(Id<Interaction> interactionId, CancellationToken ct) => RedactAsync(interactionId, interaction => interaction with { Subject = null, Body = null }, ["subject", "body"], ct);

    /// <summary>The same of its subject alone.</summary>
    public Task RedactSubjectAsync(Id<Interaction> interactionId, CancellationToken ct) => RedactAsync(interactionId, interaction => interaction with { Subject = null }, ["subject"], ct);

    private async Task RedactAsync(Id<Interaction> interactionId, Func<Interaction, Interaction> without, string[] fields, CancellationToken ct)
    {
        if (await db.FindAsync<Interaction>(ShowInteraction.ById, new { InteractionId = interactionId }, ct) is not { } current) return;
        var redacted = without(current) with { Revision = current.Revision + 1, UpdatedAt = clock.GetUtcNow() };
        await db.ExecuteAsync(Update, RowOf(redacted, external: null), ct);
        await history.ForgetAsync(current.Id, fields, ct);
        events.Record("interaction.updated", redacted, redacted.CustomerId.Value);
    }

    private Task<Interaction?> FindAsync(Identifier external, CancellationToken ct) =>
        db.FindAsync<Interaction>(ByExternalId, new { external.Source, ExternalKey = external.KeyBytes }, ct);

    private static Identifier? ExternalOf(RecordInteraction.Request request)
    {
        if (request.ExternalId is null) return null;
        var reading = Identifier.External(request.Source, request.ExternalId);
        return reading.IsValid ? reading.Value : throw ApiProblem.Invalid(reading.Code == "source_invalid" ? "/source" : "/external_id", reading.Code, reading.Detail);
    }

    private static object RowOf(Interaction i, Identifier? external) => new
    {
        i.Id,
        i.CustomerId,
        i.Channel,
        i.Direction,
        i.OccurredAt,
        i.Agent,
        i.Subject,
        i.Body,
        i.Outcome,
        i.DurationSeconds,
        i.Source,
        i.ExternalId,
        ExternalKey = external?.KeyBytes,
        i.Revision,
        i.CreatedAt,
        i.UpdatedAt,
    };

    // Selecting from Customers makes another tenant's customer insert nothing.
    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO Interactions (TenantId, Id, CustomerId, Channel, Direction, OccurredAt, Agent, Subject, Body, Outcome, DurationSeconds,
            Source, ExternalId, ExternalKey, Revision, CreatedAt, UpdatedAt)
        SELECT c.TenantId, @Id, c.Id, @Channel, @Direction, @OccurredAt, CAST(@Agent AS NVARCHAR(200)), CAST(@Subject AS NVARCHAR(500)),
            @Body, CAST(@Outcome AS NVARCHAR(100)), CAST(@DurationSeconds AS INT),
            CAST(@Source AS NVARCHAR(100)), CAST(@ExternalId AS NVARCHAR(200)), @ExternalKey, @Revision, @CreatedAt, @UpdatedAt
        FROM Customers c
        WHERE c.TenantId = @TenantId
          AND c.Id = @CustomerId
        """);

    private static readonly TenantSql Update = TenantSql.Of("""
        UPDATE Interactions
        SET Channel = @Channel, Direction = @Direction, OccurredAt = @OccurredAt, Agent = @Agent, Subject = @Subject, Body = @Body,
            Outcome = @Outcome, DurationSeconds = @DurationSeconds, Revision = @Revision, UpdatedAt = @UpdatedAt
        WHERE TenantId = @TenantId
          AND Id = @Id
          AND Revision = @Revision - 1
        """);

    private static readonly TenantSql Move = TenantSql.Of("""
        UPDATE Interactions
        SET CustomerId = @CustomerId, Revision = @Revision, UpdatedAt = @UpdatedAt
        WHERE TenantId = @TenantId
          AND Id = @Id
        """);

    private static readonly TenantSql ByExternalId = TenantSql.Of($"""
        SELECT {Interaction.Columns}
        FROM Interactions i
        WHERE i.TenantId = @TenantId
          AND i.Source = @Source
          AND i.ExternalKey = @ExternalKey
        """);
}
