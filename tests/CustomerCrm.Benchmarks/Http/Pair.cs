namespace CustomerCrm.Benchmarks.Http;

/// <summary>The product and the bare server over databases with the same customers.</summary>
internal sealed class Pair : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("crm-bench-");
    private readonly int customers;
    private int unique;

    private Pair(int customers) => this.customers = customers;

    public FilledProduct Product { get; private set; } = null!;
    public ServerProcess Bare { get; private set; } = null!;

    public static async Task<Pair> StartAsync(int customers)
    {
        var pair = new Pair(customers);
        var bareFile = Path.Combine(pair.folder.FullName, "bare.db");
        using (await ServerProcess.BareAsync(bareFile)) { }
        Shop.AddToBare(bareFile, customers);
        pair.Product = await FilledProduct.StartAsync(customers, (file, tenant) => Shop.AddInteractions(file, tenant, bareFile));
        pair.Bare = await ServerProcess.BareAsync(bareFile);
        return pair;
    }

    /// <returns>Answers a second of both, and the median of the rounds' ratios.</returns>
    public async Task<(double Product, double Bare, double Ratio)> CompareAsync(int connections, Func<byte[]> ofProduct, Func<byte[]> ofBare)
    {
        var rates = await Turns.TakeAsync(connections, (Product.Server.Port, ofProduct), (Bare.Port, ofBare));
        return (Results.Median(rates[0]), Results.Median(rates[1]), Results.Median(rates[0].Zip(rates[1], (product, bare) => product / bare)));
    }

    public byte[] GetOfBare() => Load.Get($"/customers/{Random.Shared.Next(customers) + 1}");

    public byte[] CreateOfBare()
    {
        var n = Interlocked.Increment(ref unique);
        return Load.Post("/customers", $$"""{"name":"Grace Hopper {{n}}","email":"grace{{n}}@example.com","phone":"+4930{{10000000 + n}}"}""");
    }

    public void Dispose()
    {
        Product.Dispose();
        Bare.Dispose();
        folder.Delete(recursive: true);
    }
}
