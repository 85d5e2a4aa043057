using Microsoft.AspNetCore.Builder;

namespace CustomerCrm.Platform.OpenApi.Answering;

/// <summary>A refusal that no marker, parameter or type of the route lets the contract guess.</summary>
internal sealed record OtherAnswer(int Status, string Code);

public static class OtherAnswers
{
    /// <summary>Says in the contract that this route may also answer so: <c>.MayAnswer(410, "cursor_expired")</c>.</summary>
    public static TBuilder MayAnswer<TBuilder>(this TBuilder route, int status, string code) where TBuilder : IEndpointConventionBuilder =>
        route.WithMetadata(new OtherAnswer(status, code));
}
