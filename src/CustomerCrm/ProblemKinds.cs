using CustomerCrm.Platform.Problems;

namespace CustomerCrm;

/// <summary>The problems that features add to the platform's: what their pages under <c>/problems</c> say. By code.</summary>
public static class ProblemKinds
{
    public static IReadOnlyList<ProblemKind> All { get; } =
    [
        new("company_exists", 409, "A domain or an external id is another company's already. Nothing was changed.", "company_id says whose. Change that company, take it away from there, or set links_existing where the external id is new."),
        new("currency_in_use", 409, "The tenant's currency cannot change once there are orders: their spend and rates are stated in it.", "Change it before the first order, or open another tenant."),
        new("cursor_expired", 410, "Events behind this cursor are older than 30 days and gone.", "Begin again without a cursor, and read what was missed from the resources themselves."),
        new("custom_field_exists", 409, "The resource has a field of this name, or had one that is just being taken away.", "Use the field there is, or another name; a deleted field's name is free when its values are gone."),
        new("custom_field_in_use", 409, "The rules of segments ask for this field, and would ask for nothing.", "Change or delete the segments in segment_ids first."),
        new("customer_exists", 409, "One of the identities is another customer's already. Nothing was created.", "candidates says whose, by which rule and how surely. Use that customer, move the identity, or find or create in one call with resolve."),
        new("customer_not_allowed", 403, "A publishable key, which everyone can read in a page, tracks visitors by anonymous_id; it cannot say whose an event is.", "Say who the visitor is with a secret key, by POST /v1/track/identify."),
        new("customer_has_orders", 409, "A customer with orders is not deleted by accident: the orders are the shop's books.", "Send with_orders=true, if they are to go into the bin with the customer."),
        new("customer_missing", 409, "What is to be restored belongs to a customer who is not there.", "Restore the customer first; purged customers do not come back."),
        new("export_not_ready", 409, "The export is not finished, or its file has expired.", "Look at its status and expires_at; ask for the export again once it has expired."),
        new("external_id_invalid", 400, "The path does not hold a source and an external id as they must be.", "Compare their lengths with the contract, and escape what has a meaning in addresses."),
        new("fit_not_finished", 409, "The run of the lifetime models that was asked for is not finished yet.", "Look at the run until its status is finished, or leave fit out for the last published run."),
        new("fits_waiting", 409, "Ten runs of the lifetime models wait or are at work already. Nothing was queued.", "Wait until one of them is finished; several requests for the same day need one run."),
        new("identity_taken", 409, "The identity is a customer's already.", "candidates says whose; move the identity from there."),
        new("invitation_exists", 409, "Somebody was invited at this e-mail address already and has not answered.", "Send that invitation again, or withdraw it; invitation_id says which."),
        new("import_not_ready", 409, "The import is not where this can be done: it is at work, done, or undone.", "Look at its status; cancel it, or wait until nothing goes on."),
        new("job_not_dead", 409, "Only a dead job can be replayed; this one still has attempts left.", "Wait: it will be tried again by itself."),
        new("last_owner", 409, "A data set without an owner could never have one again.", "Make somebody else an owner first."),
        new("not_a_user", 403, "The password is right, but the person is not a user of the tenant that was named, or of no tenant at all.", "Leave tenant_id out, or ask an owner for an invitation."),
        new("nothing_paid", 409, "The order's payment failed or was voided, so there is nothing to pay back.", "State the order's payment status first, if it was paid after all."),
        new("order_exists", 409, "There is an order with this external id already.", "order_id says which. Change it, or state it whole by its external id."),
        new("product_exists", 409, "The SKU or an external id is another product's already. Nothing was changed.", "product_id says whose. Change that product, take it away from there, or set links_existing where the external id is new."),
        new("refund_exists", 409, "A refund of this order has this external id already.", "Nothing is left to do, if it is the same refund."),
        new("role_not_held", 403, "Nobody gives or takes a role that can do more than they can.", "Ask somebody with that role, or an owner."),
        new("scope_not_held", 403, "A key cannot give another key a scope that it does not have itself.", "Use a key that has the scope, or ask for fewer."),
        new("segment_in_use", 409, "The rules of other segments ask about this one, so it cannot be deleted.", "Change or delete those that detail names first."),
        new("second_factor_not_started", 409, "There is no new secret of a second factor to confirm.", "Ask for one with POST /v1/me/totp first."),
        new("second_factor_off", 409, "There is no second factor.", "Nothing is left to do, if it was to be removed."),
        new("second_factor_required", 401, "The password is right, and the person has a second factor.", "Send the same again with code: the one that the app shows, or a recovery code."),
        new("segment_is_dynamic", 409, "A rule says who belongs to this segment, so nobody can be put in or taken out by hand.", "Change the rule, or make a static segment."),
        new("session_ended", 401, "The refresh token is unknown, expired or was used before, or its session has ended.", "Sign in again."),
        new("signup_closed", 403, "Nobody can sign up at this installation.", "Ask its operator for a tenant."),
        new("tag_exists", 409, "There is a tag of this name; upper and lower case are the same.", "tag_id says which. Use it, or merge the two."),
        new("tag_in_use", 409, "The rules of segments ask for this tag by its name, and would ask for nothing.", "Change or delete the segments in segment_ids first."),
        new("team_exists", 409, "There is a team of this name already.", "Use that team, or take another name."),
        new("tenant_choice_needed", 409, "The person belongs to several tenants.", "Sign in with tenant_id; tenants names them."),
        new("taken_meanwhile", 409, "Something of what is to be restored is unique, and somebody else's by now. Nothing was restored.", "taken says what. Free it there, or restore with without_taken."),
        new("too_many_api_keys", 409, "The data set has as many keys as it may have.", "Revoke keys that are no longer used."),
        new("too_many_custom_fields", 409, "The resource has as many fields of its own as it may have.", "Delete those that are no longer used."),
        new("too_many_invitations", 409, "As many people are invited as may be.", "Withdraw the invitations that nobody answers."),
        new("too_many_tags", 409, "There are as many tags as there may be, in the data set or on the record.", "Merge or delete tags that are no longer used, or take some off."),
        new("too_many_exports", 409, "The data set has as many exports at work as it may have at once.", "Wait until one is finished, or delete one."),
        new("too_many_segments", 409, "The data set has as many dynamic segments as it may have.", "Delete those that are no longer used."),
        new("too_many_teams", 409, "There are as many teams as there may be.", "Delete those that are no longer used."),
        new("user_exists", 409, "There is a user with this e-mail address already.", "Use that user; user_id says which."),
    ];
}
