using Microsoft.Extensions.Configuration;

namespace CustomerCrm.Platform.Outbound.Web;

/// <summary>Settings <c>Outbound</c>: where this installation may connect to when a tenant names the host.</summary>
public sealed class OutboundOptions
{
    /// <summary>
    /// Lets tenants' URLs lead to this machine and its network, over plain http and on every port: to try webhooks on one's own desk.
    /// The program does not start with it in Production.
    /// </summary>
    public bool AllowInternal { get; set; }

    /// <summary>Where this program listens: no setting of its own, but <c>Urls</c>.</summary>
    internal IReadOnlyList<string> Listening { get; set; } = [];

    /// <exception cref="ArgumentException">Internal addresses are open in Production.</exception>
    internal static void Check(IConfiguration configuration)
    {
        var isProduction = string.Equals(configuration["environment"] ?? "Production", "Production", StringComparison.OrdinalIgnoreCase);
        if (isProduction && configuration.GetValue("Outbound:AllowInternal", false))
            throw new ArgumentException("Outbound:AllowInternal lets tenants reach the network of this installation. It is for development; in Production the program does not start with it.");
    }
}
