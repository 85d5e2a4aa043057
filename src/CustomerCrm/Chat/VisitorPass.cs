using System.Reflection;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Chat;

/// <summary>Which visitor makes this request: whose token the header <c>Crm-Visitor</c> holds. Nothing else in a request says whose chat it is about.</summary>
internal sealed class VisitorPass : IVisitorPass
{
    public const string Header = "Crm-Visitor";

    public required ChatVisitor Visitor { get; init; }

    /// <exception cref="ApiProblem">404: there is no token, or it is nobody's in this tenant.</exception>
    public static async ValueTask<VisitorPass> BindAsync(HttpContext context, ParameterInfo parameter) =>
        await TryReadAsync(context) is { } visitor ? new VisitorPass { Visitor = visitor }
            : throw ApiProblem.NotFound("chat");

    internal static async Task<ChatVisitor?> TryReadAsync(HttpContext context) =>
        context.Request.Headers[Header] is [{ Length: > 0 and <= 100 } token] ? await context.RequestServices.GetRequiredService<VisitorBook>().FindAsync(token, context.RequestAborted) : null;

    internal byte[] Key => Visitor.Id.ToBytes();
}
