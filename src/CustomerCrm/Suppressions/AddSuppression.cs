using System.ComponentModel.DataAnnotations;

namespace CustomerCrm.Suppressions;

/// <summary>POST /v1/suppressions: by hand, or of a list that another system kept.</summary>
public static class AddSuppression
{
    public sealed record Request : AddressRequest
    {
        /// <summary>manual, if nothing is said.</summary>
        public SuppressionReason? Reason { get; init; }

        /// <summary>Who or what said so; api, if nothing is said.</summary>
        /// <example>old_shop</example>
        [StringLength(100, MinimumLength = 1)] public string? Source { get; init; }

        /// <summary>Anything worth knowing of it.</summary>
        [StringLength(500, MinimumLength = 1)] public string? Note { get; init; }
    }

    internal static async Task<IResult> Handle(Request request, SuppressionWriter writer, CancellationToken ct)
    {
        var (isNew, suppression) = await writer.AddAsync(request.Channel!.Value, request.Address, request.Reason ?? SuppressionReason.Manual, request.Source ?? "api", request.Note, ct);
        return isNew ? TypedResults.Created($"/v1/suppressions/{suppression.Id}", suppression) : TypedResults.Ok(suppression);
    }
}
