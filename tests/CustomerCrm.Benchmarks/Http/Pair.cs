namespace CustomerCrm.Benchmarks.Http;

/// <summary>The product and the bare server over databases with the same customers, and rounds in turns against both.</summary>
internal sealed class Pair : IAsyncDisposable
{
    private const int Rounds = 5;
    private static readonly TimeSpan round = TimeSpan.FromSeconds(2);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("crm-bench-");
    private int unique;

    private string ProductFile => Path.Combine(folder.FullName, "product.db");
    private string BareFile => Path.Combine(folder.FullName, "bare.db");

    public ServerProcess Product { get; private set; } = null!;
    public ServerProcess Bare { get; private set; } = null!;
    public string Key { get; private set; } = "";
    public int Customers { get; private set; }

    public static async Task<Pair> StartAsync(int customers)
    {
        var pair = new Pair();
        var operatorKey = await ServerProcess.OperatorKeyAsync(pair.ProductFile);
        using (var first = await ServerProcess.ProductAsync(pair.ProductFile)) pair.Key = await ServerProcess.SignUpAsync(first, operatorKey);
        using (await ServerProcess.BareAsync(pair.BareFile)) { }
        await pair.GrowAsync(customers);
        return pair;
    }

    /// <summary>More customers, by hand, with both servers down.</summary>
    public async Task GrowAsync(int customers)
    {
        Product?.Dispose();
        Bare?.Dispose();
        var tenant = Shop.TenantOf(ProductFile);
        Shop.AddToProduct(ProductFile, tenant, Customers, customers);
        Shop.AddToBare(BareFile, Customers, customers);
        if (Customers == 0) Shop.AddInteractions(ProductFile, tenant, BareFile);
        Customers = customers;
        (Product, Bare) = (await ServerProcess.ProductAsync(ProductFile), await ServerProcess.BareAsync(BareFile));
    }

    /// <returns>Answers a second of both, and the median of the rounds' ratios.</returns>
    public async Task<(double Product, double Bare, double Ratio)> CompareAsync(int connections, Func<byte[]> ofProduct, Func<byte[]> ofBare)
    {
        await WarmUpAsync(Product.Port, connections, ofProduct);
        await WarmUpAsync(Bare.Port, connections, ofBare);
        var rounds = new List<(double Product, double Bare)>();
        for (var i = 0; i < Rounds; i++)
            rounds.Add((await Load.RunAsync(Product.Port, connections, round, ofProduct), await Load.RunAsync(Bare.Port, connections, round, ofBare)));
        return (Results.Median(rounds.Select(r => r.Product)), Results.Median(rounds.Select(r => r.Bare)), Results.Median(rounds.Select(r => r.Product / r.Bare)));
    }

    public async Task<double> RateAsync(int connections, Func<byte[]> ofProduct)
    {
        await WarmUpAsync(Product.Port, connections, ofProduct);
        var rates = new List<double>();
        for (var i = 0; i < Rounds; i++) rates.Add(await Load.RunAsync(Product.Port, connections, round, ofProduct));
        return Results.Median(rates);
    }

    // Until it gets no faster: the runtime compiles a path for good only after it has been used for a while.
    private static async Task WarmUpAsync(int port, int connections, Func<byte[]> request)
    {
        var best = 0.0;
        for (var (slice, idle) = (0, 0); slice < 15 && idle < 3; slice++)
        {
            var rate = await Load.RunAsync(port, connections, round, request);
            idle = rate > best * 1.05 ? 0 : idle + 1;
            best = Math.Max(best, rate);
        }
    }

    public byte[] GetOfProduct() => Load.Get($"/v1/customers/{ProductId(Random.Shared.Next(Customers))}", Key);

    public byte[] GetOfBare() => Load.Get($"/customers/{Random.Shared.Next(Customers) + 1}");

    public byte[] CreateOfProduct()
    {
        var n = Interlocked.Increment(ref unique);
        return Load.Post("/v1/customers", $$"""{"name":"Grace Hopper {{n}}","email":"grace{{n}}.{{Environment.ProcessId}}@example.com","phone":"+4930{{10000000 + n}}"}""", Key, $"create-{n}-{Environment.ProcessId}");
    }

    public byte[] CreateOfBare()
    {
        var n = Interlocked.Increment(ref unique);
        return Load.Post("/customers", $$"""{"name":"Grace Hopper {{n}}","email":"grace{{n}}@example.com","phone":"+4930{{10000000 + n}}"}""");
    }

    public static string ProductId(int number) => Platform.Data.Id<Customers.Customer>.FromBytes(Shop.IdOf(number)).ToString();

    public ValueTask DisposeAsync()
    {
        Product.Dispose();
        Bare.Dispose();
        folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}
