using System.Text.Json.Nodes;
using CustomerCrm.Platform.OpenApi.Samples;

namespace CustomerCrm.Webhooks.Types;

/// <summary>An event that can happen.</summary>
/// <param name="Name"><c>order.paid</c>.</param>
/// <param name="Description">A sentence for integrators.</param>
/// <param name="Data">What its data is.</param>
internal sealed record EventType(string Name, string Description, Type Data)
{
    /// <summary>Data as it might be, with the names that it really has.</summary>
    public JsonObject MadeUp() => MadeUpData.Of(Data);
}
