namespace CustomerCrm.Benchmarks.Http;

/// <summary>The product over a database of its own with one tenant and so many customers.</summary>
internal sealed class FilledProduct : IDisposable
{
    private readonly DirectoryInfo folder;
    private readonly int customers;
    private int unique;

    private FilledProduct(DirectoryInfo folder, ServerProcess server, string key, int customers) => (this.folder, Server, Key, this.customers) = (folder, server, key, customers);

    public ServerProcess Server { get; }

    /// <summary>The tenant's.</summary>
    public string Key { get; }

    /// <param name="customers">How many, added by hand while the server is down.</param>
    /// <param name="more">What else is added meanwhile, to this file and tenant.</param>
    public static async Task<FilledProduct> StartAsync(int customers, Action<string, int>? more = null)
    {
        var folder = Directory.CreateTempSubdirectory("crm-bench-");
        var file = Path.Combine(folder.FullName, "product.db");
        var operatorKey = await ServerProcess.OperatorKeyAsync(file);
        string key;
        using (var first = await ServerProcess.ProductAsync(file)) key = await ServerProcess.SignUpAsync(first, operatorKey);
        var tenant = Shop.TenantOf(file);
        Shop.AddToProduct(file, tenant, customers);
        more?.Invoke(file, tenant);
        return new FilledProduct(folder, await ServerProcess.ProductAsync(file), key, customers);
    }

    public static string Id(int number) => Platform.Data.Id<Customers.Customer>.FromBytes(Shop.IdOf(number)).ToString();

    public byte[] Get() => Load.Get($"/v1/customers/{Id(Random.Shared.Next(customers))}", Key);

    public byte[] Create()
    {
        var n = Interlocked.Increment(ref unique);
        return Load.Post("/v1/customers", $$"""{"name":"Grace Hopper {{n}}","email":"grace{{n}}.{{Environment.ProcessId}}@example.com","phone":"+4930{{10000000 + n}}"}""", Key, $"create-{n}-{Environment.ProcessId}");
    }

    public void Dispose()
    {
        Server.Dispose();
        folder.Delete(recursive: true);
    }
}
