namespace CustomerCrm.Benchmarks.Kill;

/// <summary>A help desk: a ticket of somebody new, an answer to it, and it is solved.</summary>
internal sealed class KillDesk(int number) : KillClient
{
    private int next;
    private string? unanswered, unsolved;

    /// <summary>The ids of acknowledged tickets.</summary>
    public List<string> Tickets { get; } = [];

    /// <summary>The ids of acknowledged answers, as entries of their conversations.</summary>
    public List<string> Answers { get; } = [];

    /// <summary>How many were acknowledged as solved.</summary>
    public int Solved { get; private set; }

    protected override bool IsHalfway => unanswered is not null || unsolved is not null;

    protected override async Task StepAsync(HttpClient client)
    {
        var name = $"d{number}-{next}";
        if (unanswered is { } open)
        {
            if (await SendAsync(client, HttpMethod.Post, $"/v1/tickets/{open}/replies", $"r-{name}", new { text = "It is on its way.", channel = "phone" }) is not { } said) return;
            Answers.Add(IdOf(said.GetProperty("entry")));
            (unanswered, unsolved) = (null, open);
        }
        else if (unsolved is { } answered)
        {
            if (await SendAsync(client, HttpMethod.Patch, $"/v1/tickets/{answered}", $"s-{name}", new { category = "solved" }) is null) return;
            Solved++;
            unsolved = null;
            next++;
        }
        else if (await SendAsync(client, HttpMethod.Post, "/v1/tickets", $"t-{name}", new { subject = name, channel = "phone", customer = new { name, email = $"{name}@example.com" }, message = new { text = "Where is my tea?" } }) is { } opened)
        {
            Tickets.Add(IdOf(opened));
            unanswered = IdOf(opened);
        }
    }
}
