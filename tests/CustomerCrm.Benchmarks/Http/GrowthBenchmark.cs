namespace CustomerCrm.Benchmarks.Http;

/// <summary>Whether a tenant's growth is felt: the same requests among a thousand, a hundred thousand and a million customers.</summary>
internal static class GrowthBenchmark
{
    public static async Task RunAsync(Results results)
    {
        await using var pair = await Pair.StartAsync(customers: 1_000);
        var (get, create) = await RatesAsync(pair);
        foreach (var size in new[] { 100_000, 1_000_000 })
        {
            await pair.GrowAsync(size);
            await pair.Product.IdleAsync(); // who was added by hand has been put into the search
            var (getNow, createNow) = await RatesAsync(pair);
            results.AddAtMost($"GET a customer among {size:#,0}", $"{Results.Text(getNow)}/s beside {Results.Text(get)}/s among 1,000", get / getNow, 1.2, "×");
            results.AddAtMost($"create a customer among {size:#,0}", $"{Results.Text(createNow)}/s beside {Results.Text(create)}/s among 1,000", create / createNow, 1.5, "×");
        }
    }

    private static async Task<(double Get, double Create)> RatesAsync(Pair pair) =>
        (await pair.RateAsync(16, pair.GetOfProduct), await pair.RateAsync(16, pair.CreateOfProduct));
}
