using CustomerCrm.Platform.Problems;
using CustomerCrm.Platform.Validation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CustomerCrm.Platform.Batches;

/// <summary>
/// Many of the same request in one, each with an answer of its own (207, RFC 4918): what is wrong with one undoes none of the others.
/// All run in the request's transaction, so an item must refuse before it writes.
/// </summary>
public static class Batch
{
    public const int MostItems = 200;

    /// <param name="items">What is to be done, in this order.</param>
    /// <param name="work">One item; throws <see cref="ApiProblem"/> for what its caller did wrong, before it has written anything.</param>
    public static async Task<JsonHttpResult<BatchAnswer<TAnswer>>> RunAsync<TItem, TAnswer>(IReadOnlyList<TItem> items, Func<TItem, Task<(int Status, TAnswer Answer)>> work)
        where TItem : class
        where TAnswer : class
    {
        var results = new List<BatchResult<TAnswer>>(items.Count);
        for (var index = 0; index < items.Count; index++)
        {
            try
            {
                if (RequestRules.ErrorsOf(items[index]) is { Count: > 0 } errors) throw ApiProblem.Invalid(errors);
                var (status, answer) = await work(items[index]);
                results.Add(new BatchResult<TAnswer> { Index = index, Status = status, Data = answer });
            }
            catch (ApiProblem problem) when (problem.Status < StatusCodes.Status500InternalServerError)
            {
                results.Add(new BatchResult<TAnswer> { Index = index, Status = problem.Status, Error = BatchError.Of(problem) });
            }
        }
        return TypedResults.Json(new BatchAnswer<TAnswer> { Results = results }, statusCode: StatusCodes.Status207MultiStatus);
    }
}

/// <summary>The items of this list are checked one by one by <see cref="Batch"/>, so that a bad one does not refuse all.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class AnsweredByItemAttribute : Attribute;
