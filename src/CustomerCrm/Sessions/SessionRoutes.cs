using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Lists;
using CustomerCrm.Platform.OpenApi.Answering;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Sessions;

internal static class SessionRoutes
{
    internal static readonly ListOf<Session> List = ListOf<Session>.From(Session.OfUser, "s.Id", session => session.Id.ToBytes())
        .SortedBy("created_at", "s.CreatedAt", session => session.CreatedAt, isDescending: true);

    /// <summary>Sign-in of people, by password and second factor: tokens that live for minutes and are renewed.</summary>
    public static void MapSessions(this IEndpointRouteBuilder api)
    {
        var sessions = api.MapGroup("/sessions").WithTags("Sessions");

        sessions.MapPost("/", SignIn.Handle).ForAnyone().OpensItsOwnTransaction().MayAnswer(409, "tenant_choice_needed").MayAnswer(422, "validation_failed").Describe("Sign in",
            "By e-mail address and password. 401 `credentials_invalid` says the same of a wrong password and of nobody; 401 `second_factor_required` asks for `code`, and a code is taken once. Who belongs to several tenants says which by `tenant_id` (409 `tenant_choice_needed` names them). Tries are limited by address and by person, and a person who has signed in from an address before is not shut out of it by others' tries (429).");
        sessions.MapPost("/refresh", RefreshSession.Handle).ForAnyone().OpensItsOwnTransaction().Describe("Renew a session's tokens",
            "A refresh token is good once. If it comes a second time it was copied, and the whole session ends. 401 `session_ended` for any token that does not work: sign in again.");
        sessions.MapGet("/", ListSessions).Lists(List).NeedsUser().ReadsCurrent().Describe("List one's own sessions",
            "Everywhere the caller is signed in to this data set, the latest first; what has ended is not listed.");
        sessions.MapGet("/{session_id}", ShowSession).NeedsUser().Describe("Show a session of one's own",
            "When and by what it was begun, and when its tokens were last renewed.");
        sessions.MapDelete("/current", EndSession.Current).NeedsUser().WithName("EndCurrentSession").Describe("Sign out",
            "Ends the session that asks. Its tokens are refused from the answer on, by other processes within a second.");
        sessions.MapDelete("/{session_id}", EndSession.Handle).NeedsUser().Describe("End a session of one's own",
            "Signs out elsewhere. Its tokens are refused from the answer on, by other processes within a second.");
    }

    internal static async Task<Page<Session>> ListSessions(ListQuery query, Caller caller, TenantDb db, TimeProvider clock, CancellationToken ct)
    {
        var page = await List.ReadAsync(query, db, new { UserId = caller.User!.UserId.ToByteArray(bigEndian: true), Now = clock.GetUtcNow() }, ct);
        return page with { Data = [.. page.Data.Select(session => session with { IsCurrent = session.Id.Value == caller.KeyId })] };
    }

    internal static Task<Session> ShowSession([FromRoute(Name = "session_id")] Id<Session> sessionId, Caller caller, TenantDb db, TimeProvider clock, CancellationToken ct) =>
        Session.FindAsync(sessionId, caller.User!.UserId, caller.KeyId, db, clock, ct);
}
