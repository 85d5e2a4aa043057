using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Files;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Platform.Tenancy;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerCrm.Platform.Idempotency;

/// <summary>
/// Every request that writes runs in one transaction: the change, its events, its jobs and its idempotency record are
/// committed together or not at all, and the answer is sent only when they are on the disk.
/// </summary>
internal sealed class WriteFilter(InFlight inFlight) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var ct = http.RequestAborted;
        var services = http.RequestServices;
        services.GetRequiredService<EventLog>().IsQuiet = IsQuiet(http.Request);
        var key = http.Features.Get<IdempotencyKey>();
        if (key is null) return new Written(await OnceAsync());

        using (await inFlight.EnterAsync(services.GetRequiredService<CurrentTenant>().Id, key.Key, ct))
            return new Written(await OnceAsync());

        async Task<Answer> OnceAsync()
        {
            Answer? answer = null, replay = null;
            var db = services.GetRequiredService<TenantDb>();
            Func<Func<Task>, CancellationToken, Task> transact = http.GetEndpoint()?.Metadata.GetMetadata<PeopleMarker>() is null ? db.InTransactionAsync : db.WithDirectoryAsync;
            await transact(async () =>
            {
                var records = services.GetRequiredService<IdempotencyRecords>();
                if (key is not null && (replay = await records.ClaimAsync(key, ct)) is not null) return;
                var result = await next(context);
                answer = await Answer.OfAsync(result, http);
                if (key is not null) await records.SaveAsync(key, Stored(result, answer), ct);
            }, ct);
            if (replay is not null) http.Response.Headers["Idempotent-Replayed"] = "true";
            return replay ?? answer!;
        }
    }

    private static Answer Stored(object? result, Answer answer) =>
        JsonBody.ValueOf(result) is IHoldsSecret secret ? answer with { Body = JsonBody.Of(secret.WithoutSecret()) } : answer;

    private static bool IsQuiet(HttpRequest request) => request.Headers["Crm-Quiet"] is { Count: > 0 } sent && (sent.ToString() switch
    {
        "true" => true,
        "false" => false,
        _ => throw ApiProblem.BadRequest("quiet_invalid", "Crm-Quiet is true or false."),
    });

    private sealed class Written(Answer answer) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => answer.WriteAsync(httpContext.Response);
    }
}

/// <summary>Reads the body before the framework does where there is a key, since the key stands for the body too.</summary>
internal sealed class IdempotencyMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext http) =>
        http.GetEndpoint()?.Metadata.GetMetadata<WriteMarker>() is { } write ? InvokeAsync(http, write) : next(http);

    private async Task InvokeAsync(HttpContext http, WriteMarker write)
    {
        if (IdempotencyKey.Read(http.Request) is { } key) http.Features.Set(http.GetEndpoint()!.Metadata.GetMetadata<FileBody>() is null ? await IdempotencyKey.OfAsync(key, http.Request) : IdempotencyKey.OfFile(key, http.Request));
        else if (write.NeedsKey) throw ApiProblem.BadRequest("idempotency_key_required", "This request needs an Idempotency-Key, so that a repeat does nothing twice.");
        await next(http);
    }
}

/// <summary>On every endpoint that changes something.</summary>
internal sealed record WriteMarker(bool NeedsKey);
