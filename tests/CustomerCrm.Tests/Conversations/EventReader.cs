using System.Net.ServerSentEvents;
using System.Text.Json;

namespace CustomerCrm.Tests.Conversations;

/// <summary>Reads a stream of server-sent events, one after the other, and never waits for long.</summary>
internal sealed class EventReader : IAsyncDisposable
{
    private readonly HttpResponseMessage response;
    private readonly IAsyncEnumerator<SseItem<string>> items;
    private readonly CancellationTokenSource patience = new(TimeSpan.FromSeconds(60));

    private EventReader(HttpResponseMessage response, Stream stream) => (this.response, items) = (response, SseParser.Create(stream).EnumerateAsync(patience.Token).GetAsyncEnumerator());

    public static async Task<EventReader> OpenAsync(HttpClient http, string path, string? lastId = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (lastId is not null) request.Headers.Add("Last-Event-ID", lastId);
        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.That(response.IsSuccessStatusCode, Is.True, $"{(int)response.StatusCode}");
        return new EventReader(response, await response.Content.ReadAsStreamAsync());
    }

    /// <summary>The next event of this name; others are passed over.</summary>
    public async Task<(JsonElement Data, string? Id)> NextAsync(string name)
    {
        while (await items.MoveNextAsync())
            if (items.Current.EventType == name) return (JsonElement.Parse(items.Current.Data), items.Current.EventId);
        throw new AssertionException($"The stream ended before {name} came.");
    }

    public async ValueTask DisposeAsync()
    {
        await patience.CancelAsync();
        response.Dispose();
        patience.Dispose();
    }
}
