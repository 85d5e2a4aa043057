namespace CustomerCrm.Benchmarks.Http;

/// <summary>The same kind of requests to several servers in turns: the machine is faster at one minute than at the next, and so it is so for all.</summary>
internal static class Turns
{
    private const int Rounds = 5;
    private static readonly TimeSpan round = TimeSpan.FromSeconds(2);

    /// <returns>For each server its answers a second, round by round.</returns>
    public static async Task<double[][]> TakeAsync(int connections, params (int Port, Func<byte[]> Request)[] servers)
    {
        foreach (var (port, request) in servers) await WarmUpAsync(port, connections, request);
        var rates = servers.Select(_ => new double[Rounds]).ToArray();
        for (var i = 0; i < Rounds; i++)
            for (var n = 0; n < servers.Length; n++) rates[n][i] = await Load.RunAsync(servers[n].Port, connections, round, servers[n].Request);
        return rates;
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
}
