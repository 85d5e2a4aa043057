using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Platform;
using CustomerCrm.Segments;
using CustomerCrm.Segments.Rules.Fields;
using CustomerCrm.Tasks;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.CheckIns;

/// <summary>POST /check_ins; PATCH and DELETE /check_ins/{check_in_id}</summary>
public static class SaveCheckIn
{
    internal const int MostCheckIns = 50;

    public sealed record New
    {
        /// <example>A week after the first order</example>
        [StringLength(200, MinimumLength = 1)] public required string Name { get; init; }

        public bool IsEnabled { get; init; } = true;
        public required CheckInDefinition Definition { get; init; }
    }

    public sealed record Changes
    {
        /// <example>A week after the first order</example>
        [Required, StringLength(200, MinimumLength = 1)] public Change<string> Name { get; init; }

        public Change<bool> IsEnabled { get; init; }

        /// <summary>The whole definition anew, for what happens from now on and what waits.</summary>
        [Required] public Change<CheckInDefinition> Definition { get; init; }
    }

    internal static async Task<Created<CheckIn>> Create(New request, TenantDb db, CheckInWriter writer, CancellationToken ct)
    {
        if (await db.FindAsync<int>(CountAll, null, ct) >= MostCheckIns) throw ApiProblem.Conflict("too_many_check_ins", $"There are at most {MostCheckIns} check-ins. Delete one first.");
        var checkIn = await writer.AddAsync(request, ct);
        return TypedResults.Created($"/v1/check_ins/{checkIn.Id}", checkIn);
    }

    internal static async Task<CheckIn> Handle([FromRoute(Name = "check_in_id")] Id<CheckIn> checkInId, Changes request, IfMatch ifMatch, TenantDb db, CheckInWriter writer, CancellationToken ct)
    {
        var current = await CheckIn.FindAsync(checkInId, db, ct);
        ifMatch.Check(current.Revision);
        return await writer.ChangeAsync(current, request, ct);
    }

    internal static async Task<NoContent> Remove([FromRoute(Name = "check_in_id")] Id<CheckIn> checkInId, IfMatch ifMatch, TenantDb db, CheckInWriter writer, CancellationToken ct)
    {
        var current = await CheckIn.FindAsync(checkInId, db, ct);
        ifMatch.Check(current.Revision);
        await writer.RemoveAsync(current, ct);
        return TypedResults.NoContent();
    }

    private static readonly TenantSql CountAll = TenantSql.CountHeld("CheckIns");
}

internal sealed class CheckInWriter(TenantDb db, CustomFieldQuestions questions, TaskWriter tasks, EventLog events, TimeProvider clock)
{
    /// <exception cref="ApiProblem">409: the name is taken. 422, naming what it asks for that is not there.</exception>
    public async Task<CheckIn> AddAsync(SaveCheckIn.New request, CancellationToken ct)
    {
        await CheckAsync(request.Definition, ct);
        var id = Id<CheckIn>.New();
        await OnceAsync(() => db.ExecuteAsync(Insert, new { Id = id, request.Name, NameKey = NormalizedName.Of(request.Name), request.IsEnabled, DefinitionText = Write(request.Definition), Now = clock.GetUtcNow() }, ct));
        var checkIn = await CheckIn.FindAsync(id, db, ct);
        events.Record("check_in.created", checkIn);
        return checkIn;
    }

    /// <exception cref="ApiProblem">409, 422 as above. 412: somebody else changed it since it was read.</exception>
    public async Task<CheckIn> ChangeAsync(CheckIn current, SaveCheckIn.Changes request, CancellationToken ct)
    {
        if (request.Definition is { IsSet: true, Value: { } definition }) await CheckAsync(definition, ct);
        var name = request.Name.Or(current.Name)!;
        var changed = await OnceAsync(() => db.ExecuteAsync(Update, new
        {
            current.Id, Name = name, NameKey = NormalizedName.Of(name), IsEnabled = request.IsEnabled.Or(current.IsEnabled), DefinitionText = request.Definition.IsSet ? Write(request.Definition.Value!) : current.DefinitionText,
            current.Revision, Now = clock.GetUtcNow(),
        }, ct));
        if (changed == 0) throw ApiProblem.PreconditionFailed();
        var checkIn = await CheckIn.FindAsync(current.Id, db, ct);
        events.Record("check_in.updated", checkIn);
        return checkIn;
    }

    public async Task RemoveAsync(CheckIn checkIn, CancellationToken ct)
    {
        if (await db.ExecuteAsync(Delete, new { checkIn.Id, checkIn.Revision }, ct) == 0) throw ApiProblem.PreconditionFailed();
        events.Record("check_in.deleted", checkIn);
    }

    private async Task CheckAsync(CheckInDefinition definition, CancellationToken ct)
    {
        if (definition.Customer is { } rule)
        {
            await questions.CheckAsync(rule, "/definition/customer", ct);
            await SegmentReferences.CheckAsync(rule, "/definition/customer", null, db, ct);
        }
        var errors = new List<FieldError>();
        if (definition.Task is { } task) errors.AddRange((await tasks.WrongAssigneeAsync(task.UserId, task.TeamId, ct)).Select(e => e with { Pointer = $"/definition/task{e.Pointer}" }));
        if (definition.Message is { } message && await db.FindAsync<int?>(HasTemplate, new { message.TemplateId }, ct) is null) errors.Add(new("/definition/message/template_id", "unknown_template", "There is no such template."));
        if (errors.Count > 0) throw ApiProblem.Invalid(errors);
    }

    private static async Task<int> OnceAsync(Func<Task<int>> write)
    {
        try
        {
            return await write();
        }
        catch (DuplicateKeyException)
        {
            throw ApiProblem.Conflict("check_in_exists", "There is a check-in of this name already.");
        }
    }

    private static string Write(CheckInDefinition definition) => JsonSerializer.Serialize(definition, StrictJson.Options);

    private static readonly TenantSql HasTemplate = TenantSql.Of("SELECT 1 FROM Templates t WHERE t.TenantId = @TenantId AND t.Id = @TemplateId AND t.DeletedAt IS NULL");

    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO CheckIns (TenantId, Id, Name, NameKey, IsEnabled, DefinitionText, Revision, CreatedAt, UpdatedAt)
        VALUES (@TenantId, @Id, @Name, @NameKey, @IsEnabled, @DefinitionText, 1, @Now, @Now)
        """);

    private static readonly TenantSql Update = TenantSql.Of("""
        UPDATE CheckIns
        SET Name = @Name, NameKey = @NameKey, IsEnabled = @IsEnabled, DefinitionText = @DefinitionText, Revision = Revision + 1, UpdatedAt = @Now
        WHERE TenantId = @TenantId
          AND Id = @Id
          AND Revision = @Revision
        """);

    private static readonly TenantSql Delete = TenantSql.Of("DELETE FROM CheckIns WHERE TenantId = @TenantId AND Id = @Id AND Revision = @Revision");
}
