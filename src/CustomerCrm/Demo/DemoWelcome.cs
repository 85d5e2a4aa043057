namespace CustomerCrm.Demo;

/// <summary>What the console tells a newcomer: the key, the documentation and lines to paste.</summary>
internal static class DemoWelcome
{
    public static string Loading(string address, string key) => $"""

          CustomerCrm listens on {address}, documentation on {address}/docs
          The demo shop's API key: {key}
          Its year and a half of history is being loaded …

        """;

    /// <summary>What a shop would do next: a segment worth writing to, and the first fit of the models.</summary>
    public static async Task PrepareAsync(DemoLoader loader, CancellationToken ct)
    {
        await loader.PostAsync("/v1/segments", new
        {
            name = "Loyal, not seen for a while",
            kind = "dynamic",
            rule = new
            {
                all = new object[]
                {
                    new { field = "order_count", op = "gte", value = 3 },
                    new { field = "last_order_at", op = "older_than_days", value = 90 },
                },
            },
        }, ct);
        var fit = (await loader.PostAsync("/v1/insights/fits", new { }, ct)).GetProperty("id").GetString();
        for (var looks = 0; looks < 120; looks++)
        {
            if ((await loader.GetAsync($"/v1/insights/fits/{fit}", ct)).GetProperty("status").GetString() == "finished") return;
            await Task.Delay(TimeSpan.FromMilliseconds(500), ct); // the job runs behind; the API answers meanwhile
        }
    }

    public static async Task<string> ReadyAsync(DemoLoader loader, string address, string key, CancellationToken ct)
    {
        var best = (await loader.GetAsync("/v1/customers?sort=-cltv&limit=1", ct)).GetProperty("data")[0].GetProperty("id").GetString();
        var late = (await loader.GetAsync("/v1/slas/clocks?filter[is_breached][eq]=true&limit=1", ct)).GetProperty("data")[0].GetProperty("ticket_id").GetString();
        var help = (await loader.GetAsync("/v1/help", ct)).GetProperty("slug").GetString();
        var segment = (await loader.GetAsync("/v1/segments?limit=1", ct)).GetProperty("data")[0].GetProperty("id").GetString();
        return $"""

              CustomerCrm listens on {address}, documentation on {address}/docs
              The demo shop's API key: {key}

              Paste this, then any of the lines below it:
                KEY={key}

              One view of a customer
                curl -s -H "Authorization: Bearer $KEY" {address}/v1/customers/{best}/360
              Who comes back, month by month
                curl -s -H "Authorization: Bearer $KEY" {address}/v1/insights/retention
              The best customers by lifetime value
                curl -s -H "Authorization: Bearer $KEY" "{address}/v1/customers?sort=-cltv&limit=5"
              How many are in a segment
                curl -s -H "Authorization: Bearer $KEY" {address}/v1/segments/{segment}
              How service goes
                curl -s -H "Authorization: Bearer $KEY" {address}/v1/reports/service
              Why a promise was missed, row by row
                curl -s -H "Authorization: Bearer $KEY" {address}/v1/tickets/{late}/sla
              The help pages, for a browser
                {address}/help/{help}

            """;
    }
}
