using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Platform.Batches;

/// <summary>One result for each item, in their order.</summary>
public sealed record BatchAnswer<T> where T : class
{
    public required IReadOnlyList<BatchResult<T>> Results { get; init; }
}

/// <summary>What became of one item: <see cref="Data"/> or <see cref="Error"/>.</summary>
public sealed record BatchResult<T> where T : class
{
    /// <summary>Which item, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>The HTTP status the item would have had by itself.</summary>
    public required int Status { get; init; }

    public T? Data { get; init; }
    public BatchError? Error { get; init; }
}

/// <summary>The parts of a problem document that differ from item to item.</summary>
public sealed record BatchError
{
    public required string Code { get; init; }
    public required string Detail { get; init; }

    /// <summary>What is wrong field by field; pointers begin at the item.</summary>
    public required IReadOnlyList<FieldError> Errors { get; init; }

    /// <summary>Who else has what the item would take, where that is what is wrong.</summary>
    public object? Candidates { get; init; }

    /// <summary>The company that has what the item would take.</summary>
    public string? CompanyId { get; init; }

    /// <summary>The product that has what the item would take.</summary>
    public string? ProductId { get; init; }

    internal static BatchError Of(ApiProblem problem) => new()
    {
        Code = problem.Code,
        Detail = problem.Message,
        Errors = problem.Errors,
        Candidates = problem.Extensions.GetValueOrDefault("candidates"),
        CompanyId = problem.Extensions.GetValueOrDefault("company_id")?.ToString(),
        ProductId = problem.Extensions.GetValueOrDefault("product_id")?.ToString(),
    };
}
