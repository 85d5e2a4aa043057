namespace CustomerCrm.Platform.Problems;

/// <summary>The problems that any route can give.</summary>
internal static class PlatformProblems
{
    public static IReadOnlyList<ProblemKind> All { get; } =
    [
        new("bad_request", 400, "A part of the request is missing or cannot be read.", "Compare the request with the contract: its path, headers and content type."),
        new("body_malformed", 400, "The body is not JSON, or has members that are unknown, duplicate or of the wrong type.", "The entries of errors say where. Send only the members that the contract names, each once."),
        new("query_invalid", 400, "A query parameter is unknown, given twice, or has a value it cannot have.", "The entries of errors name the parameter; the contract lists those that the route takes."),
        new("idempotency_key_invalid", 400, "The Idempotency-Key is not 1 to 255 visible ASCII characters, or is sent twice.", "Send one key; a random UUID is a good one."),
        new("idempotency_key_required", 400, "This route costs somebody money or patience when it is repeated, so it needs an Idempotency-Key.", "Make a key for each attempt and send the same key with each repeat of it."),
        new("quiet_invalid", 400, "The header Crm-Quiet is neither true nor false.", "Send true while loading history, and leave it out otherwise."),
        new("read_invalid", 400, "The header Crm-Read has a value other than current.", "Send current where the answer must not be older than what was just written, and leave it out otherwise."),
        new("unauthenticated", 401, "There is no API key, or it is mistyped, unknown, expired or revoked; which of these is not said.", "Send a valid key as Authorization: Bearer crm_live_… in a header, never in the address."),
        new("credentials_invalid", 401, "The e-mail address or the password is wrong; which of them is not said.", "Try again, or ask for a password reset."),
        new("second_factor_invalid", 401, "The password is right, but the code of the second factor is wrong or was used before.", "Wait for the next code of the app, or use a recovery code."),
        new("scope_missing", 403, "The API key is valid but lacks the scope that this operation needs; or the person's role does.", "Use a key with the scope that detail names, or have one made; a person asks an owner for another role."),
        new("origin_not_allowed", 403, "The request comes from a page (its Origin header) that may not use this credential, or it was sent with a publishable key and not from a page. Nothing was done.", "Add the page's origin to those of the publishable key, or for any other credential to the tenant's allowed_origins. Programs send no Origin and use a secret key."),
        new("secret_key_only", 403, "The key is publishable: it stands in pages for everyone to read, so it may do little.", "Call from a server of yours, with a secret key."),
        new("operator_only", 403, "Only the operator of this installation can do this.", "Use the operator's key, or ask the operator."),
        new("tenant_only", 403, "The operator's key has no data, and this is about a tenant's data.", "Use a key of the tenant."),
        new("user_only", 403, "This is about the person who is signed in, and the request came with a key of a program.", "Sign in, and send the access token."),
        new("invitation_only", 403, "This is for somebody who was invited and is not yet a user.", "Send the token that came with the invitation as Authorization: Bearer crm_invite_…"),
        new("not_found", 404, "There is nothing at this address, or nothing with this id; what belongs to another tenant answers the same.", "Check the id, and that the key is of the right tenant and the right data set, live or test."),
        new("method_not_allowed", 405, "The resource is there but does not answer to this method.", "Use one of the methods in the Allow header."),
        new("already_exists", 409, "Something with the same unique values is there already.", "Use what is there, or choose other values."),
        new("changed_meanwhile", 409, "Others kept writing the same thing while this was tried. Nothing was changed.", "Send the same request again."),
        new("request_in_progress", 409, "The first request with this Idempotency-Key is still running.", "Send the same request again after the time in Retry-After."),
        new("precondition_failed", 412, "The resource has changed since it was read, so the change was not made.", "Read it again, apply the change to what it is now, and send the new ETag."),
        new("body_too_large", 413, "The body is larger than this route takes.", "Send less at a time; batch routes take up to 200 items."),
        new("content_encoding_unsupported", 415, "The body has a Content-Encoding: it is compressed, and bodies are read as they are. Nothing was done.", "Send the body as it is, without Content-Encoding; the answer's Accept-Encoding says the same."),
        new("media_type_unsupported", 415, "The body is not declared as JSON.", "Send Content-Type: application/json."),
        new("validation_failed", 422, "The request could be read, but values in it are not acceptable. Nothing was done.", "The entries of errors name every field that is wrong, all at once."),
        new("idempotency_key_reused", 422, "This Idempotency-Key was used before for another route or another body.", "Use a new key for a new request."),
        new("quota_exceeded", 429, "The key has used up its quota. Nothing was done.", "Wait for the time in Retry-After; the RateLimit header says what is left."),
        new("internal_error", 500, "Something went wrong on the server. It has been recorded.", "Try again with the same Idempotency-Key; if it stays, report the trace_id."),
        new("database_busy", 503, "The database is busy. Nothing was changed.", "Send the same request again after the time in Retry-After."),
        new("request_timeout", 503, "The request took longer than a request may and was given up. Nothing was changed.", "Ask for less at once, or send the same request again after the time in Retry-After."),
        new("sign_in_busy", 503, "More people are signing in at this moment than passwords can be checked.", "Try again after the time in Retry-After."),
        new("tenant_moving", 503, "The tenant is being moved to another database of the installation, which takes seconds. Reading goes on. Nothing was changed.", "Send the same request again after the time in Retry-After."),
        new("storage_full", 507, "There is no room to store this. Nothing was changed.", "Try again later; the operator has to make room."),
    ];
}
