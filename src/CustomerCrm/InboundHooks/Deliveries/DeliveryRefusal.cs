using CustomerCrm.Platform;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.InboundHooks.Deliveries;

/// <summary>A delivery cannot be applied as it is, and nothing of it was written.</summary>
internal sealed class DeliveryRefusal(params IReadOnlyList<DeliveryError> errors) : Exception(errors.Count > 0 ? errors[0].Detail : "")
{
    private const int MostErrors = 50, LongestDetail = 500;

    public IReadOnlyList<DeliveryError> Errors { get; } = [.. errors.Take(MostErrors)];

    /// <summary>By which version of a hook's mapping.</summary>
    public int? MappingVersion { get; init; }

    /// <summary>It would be refused again. Somebody else who wrote the same, or a database that is busy, is no reason.</summary>
    public static bool IsFinal(ApiProblem problem) =>
        problem.Status is >= 400 and < 500 and not (StatusCodes.Status412PreconditionFailed or StatusCodes.Status429TooManyRequests) && problem.Code != "changed_meanwhile";

    public static IReadOnlyList<DeliveryError> ErrorsOf(ApiProblem problem) => problem.Errors.Count == 0
        ? [new DeliveryError { Pointer = "", Code = problem.Code, Detail = problem.Message }]
        : [.. problem.Errors.Take(MostErrors).Select(e => new DeliveryError { Pointer = e.Pointer, Code = e.Code, Detail = e.Detail.Beginning(LongestDetail) })];
}

/// <summary>Why a delivery is refused.</summary>
/// <example>{"item":0,"target":0,"pointer":"/lines/0/unit_price_minor","source_pointer":"/items/0/price","code":"amount_inexact","detail":"More decimals than EUR has."}</example>
public sealed record DeliveryError
{
    /// <summary>Which element of <c>for_each</c>.</summary>
    public int? Item { get; init; }

    /// <summary>Which target of the mapping.</summary>
    public int? Target { get; init; }

    /// <summary>Where in the body that the API would have been sent; empty for the whole of it.</summary>
    public required string Pointer { get; init; }

    /// <summary>Where in the payload it comes from, as far as that is one place.</summary>
    public string? SourcePointer { get; init; }

    public required string Code { get; init; }
    public required string Detail { get; init; }
}
