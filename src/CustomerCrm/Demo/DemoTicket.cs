using System.Text.Json;
using CustomerCrm.Platform.Json;

namespace CustomerCrm.Demo;

/// <summary>What the demo must remember between two starts, in a file beside its database: it is a secret only of this machine.</summary>
/// <param name="Key">The demo tenant's API key.</param>
/// <param name="Today">The day the demo's history ends.</param>
/// <param name="IsLoaded">Whether all of it has been loaded; if the program was stopped before, the next start goes on.</param>
internal sealed record DemoTicket(string Key, DateOnly Today, bool IsLoaded)
{
    public static DemoTicket? Read(string file) =>
        File.Exists(file) ? JsonSerializer.Deserialize<DemoTicket>(File.ReadAllText(file), StrictJson.Options) : null;

    public void Write(string file) => File.WriteAllText(file, JsonSerializer.Serialize(this, StrictJson.Options));
}
