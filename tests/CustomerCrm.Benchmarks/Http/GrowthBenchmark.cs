namespace CustomerCrm.Benchmarks.Http;

/// <summary>Whether a tenant's growth is felt: the same requests among a thousand, a hundred thousand and a million customers, in turns.</summary>
internal static class GrowthBenchmark
{
    private static readonly int[] sizes = [1_000, 100_000, 1_000_000];

    public static async Task RunAsync(Results results)
    {
        var products = new List<FilledProduct>();
        try
        {
            foreach (var size in sizes) products.Add(await FilledProduct.StartAsync(size));
            await CompareAsync(results, "GET a customer", 1.2, products, product => product.Get);
            await CompareAsync(results, "create a customer", 1.5, products, product => product.Create);
        }
        finally
        {
            products.ForEach(product => product.Dispose());
        }
    }

    private static async Task CompareAsync(Results results, string work, double goal, List<FilledProduct> products, Func<FilledProduct, Func<byte[]>> request)
    {
        foreach (var product in products) await product.Server.IdleAsync();
        var rates = await Turns.TakeAsync(16, [.. products.Select(product => (product.Server.Port, request(product)))]);
        for (var i = 1; i < sizes.Length; i++)
            results.AddAtMost($"{work} among {sizes[i]:#,0}", $"{Results.Text(Results.Median(rates[i]))}/s beside {Results.Text(Results.Median(rates[0]))}/s among {sizes[0]:#,0}", Results.Median(rates[0].Zip(rates[i], (few, many) => few / many)), goal, "×");
    }
}
