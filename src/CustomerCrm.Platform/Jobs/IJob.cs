using System.Text.Json;
using CustomerCrm.Platform.Json;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerCrm.Platform.Jobs;

/// <summary>
/// Does one kind of work after the request. It lives in the folder of the feature it serves, in a scope of its own and as
/// the tenant that asked. It may run twice (a worker can die between doing and saying so), so doing it again must do no harm.
/// </summary>
/// <typeparam name="TWork">A small record that says what to do: ids, rather than copies of data.</typeparam>
public interface IJob<in TWork>
{
    /// <exception cref="OperationCanceledException">The program stops, or the lease was lost. Another worker will begin again.</exception>
    Task RunAsync(TWork work, CancellationToken ct);
}

/// <summary>
/// Beside <see cref="IJob{TWork}"/>: what else is to be done when the job failed for the last time. Whoever asked sees by it that nobody works
/// on it any more. In a scope of its own, and it may be done twice, as the work itself may.
/// </summary>
public interface IGivesUp<in TWork>
{
    /// <param name="work">What is given up. The job can be replayed: then it runs as if it had never failed.</param>
    /// <param name="code">Why, as the job's <c>last_error</c>. At most 200 characters.</param>
    Task GiveUpAsync(TWork work, string code, CancellationToken ct);
}

public static class JobRegistration
{
    public static IServiceCollection AddJob<TJob, TWork>(this IServiceCollection services) where TJob : class, IJob<TWork> where TWork : notnull =>
        services.AddScoped<IJob<TWork>, TJob>().AddSingleton(new JobKind(
            JobKind.NameOf(typeof(TWork)),
            (scope, payload, ct) => scope.GetRequiredService<IJob<TWork>>().RunAsync(JsonSerializer.Deserialize<TWork>(payload, JobKind.Json)!, ct),
            (scope, payload, code, ct) => scope.GetRequiredService<IJob<TWork>>() is IGivesUp<TWork> job
                ? job.GiveUpAsync(JsonSerializer.Deserialize<TWork>(payload, JobKind.Json)!, code, ct)
                : Task.CompletedTask));
}

/// <summary>How a row of the queue becomes a call.</summary>
public sealed record JobKind(
    string Name, Func<IServiceProvider, string, CancellationToken, Task> RunAsync, Func<IServiceProvider, string, string, CancellationToken, Task> GiveUpAsync)
{
    // Lenient on purpose: a release may read what the one before it queued.
    internal static readonly JsonSerializerOptions Json = new() { Converters = { new IdConverterFactory() } };

    /// <summary><c>RouteTicket</c> is called <c>route_ticket</c> in the queue and on the wire.</summary>
    public static string NameOf(Type work) => JsonNamingPolicy.SnakeCaseLower.ConvertName(work.Name);
}
