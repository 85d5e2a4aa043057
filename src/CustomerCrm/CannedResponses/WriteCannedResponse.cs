using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Json;
using CustomerCrm.Teams;
using CustomerCrm.Tenant;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.CannedResponses;

/// <summary>POST /canned_responses, PATCH and DELETE /canned_responses/{canned_response_id}.</summary>
public static class WriteCannedResponse
{
    internal const int LongestBody = 20_000;

    public sealed record Request
    {
        /// <example>On its way</example>
        [StringLength(200, MinimumLength = 1)] public required string Name { get; init; }

        /// <example>Hello {{customer.first_name}}, ticket {{ticket.number}} is being looked at. Yours, {{agent.name}}</example>
        [StringLength(LongestBody, MinimumLength = 1)] public required string Body { get; init; }

        /// <summary>What stands for a field that is empty, by the field's name.</summary>
        /// <example>{"customer.first_name":"there"}</example>
        [MaxLength(100)] public IReadOnlyDictionary<string, string> Defaults { get; init; } = new Dictionary<string, string>();

        /// <example>en</example>
        [StringLength(35), LanguageTag] public string? Language { get; init; }

        public SharedWith SharedWith { get; init; } = SharedWith.Everybody;

        /// <summary>For <c>shared_with</c> team.</summary>
        public Id<Team>? TeamId { get; init; }
    }

    public sealed record Changes
    {
        /// <example>On its way</example>
        [Required, StringLength(200, MinimumLength = 1)] public Change<string> Name { get; init; }

        /// <example>Your parcel has left. Yours, {{agent.name}}</example>
        [Required, StringLength(LongestBody, MinimumLength = 1)] public Change<string> Body { get; init; }

        /// <example>{"customer.first_name":"there"}</example>
        [Required, MaxLength(100)] public Change<IReadOnlyDictionary<string, string>> Defaults { get; init; }

        /// <example>en</example>
        [StringLength(35), LanguageTag] public Change<string> Language { get; init; }

        public Change<SharedWith> SharedWith { get; init; }
        public Change<Id<Team>?> TeamId { get; init; }
    }

    internal static async Task<Created<CannedResponse>> Create(Request request, CannedResponseBook book, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var response = await book.AddAsync(new CannedResponse
        {
            Id = Id<CannedResponse>.New(), Name = request.Name, Body = request.Body, Defaults = request.Defaults, Language = LocaleTag.Of(request.Language),
            SharedWith = request.SharedWith, TeamId = request.TeamId, Revision = 1, CreatedAt = now, UpdatedAt = now,
        }, ct);
        return TypedResults.Created($"/v1/canned_responses/{response.Id}", response);
    }

    internal static async Task<CannedResponse> Update([FromRoute(Name = "canned_response_id")] Id<CannedResponse> responseId, Changes request, IfMatch ifMatch, CannedResponseBook book, CancellationToken ct)
    {
        var current = await book.FindAsync(responseId, ct);
        ifMatch.Check(current.Revision);
        return await book.ChangeAsync(current, current with
        {
            Name = request.Name.Or(current.Name)!,
            Body = request.Body.Or(current.Body)!,
            Defaults = request.Defaults.Or(current.Defaults)!,
            Language = request.Language.IsSet ? LocaleTag.Of(request.Language.Value) : current.Language,
            SharedWith = request.SharedWith.Or(current.SharedWith),
            TeamId = request.TeamId.Or(current.TeamId),
        }, ct);
    }

    internal static async Task<NoContent> Remove([FromRoute(Name = "canned_response_id")] Id<CannedResponse> responseId, IfMatch ifMatch, CannedResponseBook book, CancellationToken ct)
    {
        var current = await book.FindAsync(responseId, ct);
        ifMatch.Check(current.Revision);
        await book.RemoveAsync(current, ct);
        return TypedResults.NoContent();
    }
}
