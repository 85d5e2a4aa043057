using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.Benchmarks.Http;

namespace CustomerCrm.Benchmarks.Kill;

/// <summary>A client that behaves well: what it got no answer to it sends again, under the same <c>Idempotency-Key</c>.</summary>
internal abstract class KillClient
{
    private int acknowledged;

    /// <summary>How often an answer was one that had been given before the kill, or had been on its way.</summary>
    public int Replayed { get; private set; }

    public int Acknowledged => Volatile.Read(ref acknowledged);

    public async Task WriteUntilKilledAsync(ServerProcess program, string key)
    {
        using var client = program.Client(key);
        try
        {
            while (true) await StepAsync(client);
        }
        catch (Exception e) when (IsKilled(e))
        {
            // The step was not acknowledged; the next program is asked again.
        }
    }

    /// <summary>What is still unanswered, to its end.</summary>
    public async Task RepeatAsync(ServerProcess program, string key)
    {
        using var client = program.Client(key);
        do await StepAsync(client);
        while (IsHalfway);
    }

    public static bool IsKilled(Exception e) => e is HttpRequestException or IOException or OperationCanceledException;

    /// <summary>Whether what it is at takes another step.</summary>
    protected abstract bool IsHalfway { get; }

    /// <summary>One request; the same one again until it is answered.</summary>
    protected abstract Task StepAsync(HttpClient client);

    /// <returns>What was answered; null where the program was busy and changed nothing.</returns>
    protected async Task<JsonElement?> SendAsync(HttpClient client, HttpMethod method, string path, string idempotencyKey, object body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body), Headers = { { "Idempotency-Key", idempotencyKey } } };
        using var answer = await client.SendAsync(request);
        if (answer.StatusCode == HttpStatusCode.ServiceUnavailable) return null;
        answer.EnsureSuccessStatusCode();
        if (answer.Headers.Contains("Idempotent-Replayed")) Replayed++;
        Interlocked.Increment(ref acknowledged);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    protected static string IdOf(JsonElement answer) => answer.GetProperty("id").GetString()!;
}
