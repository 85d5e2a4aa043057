using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.People;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerCrm.Tests.Guards;

/// <summary>One of everything that a route can name, by the name of the route's parameter.</summary>
internal static class Belongings
{
    public static async Task<Dictionary<string, string>> OfAsync(TestTenant tenant)
    {
        var name = Guid.NewGuid().ToString("N");
        var customer = await PostAsync(tenant, "/v1/customers", new { name = "Ada", email = $"{name}@example.com", external_ids = new[] { new { source = "shop", id = name } } });
        var identities = await tenant.GetAsync<JsonElement>($"/v1/customers/{customer}/identities");
        var order = await PostAsync(tenant, "/v1/orders/", new { customer_id = customer, payment_status = "paid", lines = new[] { new { name = "Tea", quantity = 1, unit_price_minor = 500 } } });
        await tenant.Http.PutAsJsonAsync($"/v1/orders/by-external-id/shop/{name}", new { customer_id = customer, lines = new[] { new { name = "Tea", quantity = 1, unit_price_minor = 500 } } });
        var company = await PostAsync(tenant, "/v1/companies", new { name = "Engines", domains = new[] { $"{name}.example" }, external_ids = new[] { new { source = "shop", id = name } } });
        await tenant.Http.PutAsJsonAsync($"/v1/companies/{company}/people/{customer}", new { role = "Owner" });
        var provider = await PostAsync(tenant, "/v1/providers", new { kind = "sendgrid", from = "shop@example.com", api_key = "SG.example", test_recipients = new[] { "ops@example.com" } });
        var (hook, delivery) = await HookAsync(tenant);
        var rule = await PostAsync(tenant, "/v1/automation_rules", new { name, definition = new { events = new[] { "task.created" }, mode = "suggest", actions = new[] { new { @do = "tag_customer", with = new { names = new[] { "asked" } } } } } });
        var webhook = await PostAsync(tenant, "/v1/webhooks", new { url = "https://example.com/hooks", events = new[] { "*" } });
        var template = await TestTenant.ReadAsync<JsonElement>(await tenant.Http.PostAsJsonAsync("/v1/templates", new { name, sms = "Hello" }));
        var survey = await PostAsync(tenant, "/v1/surveys", new { name, kind = "csat", status = "active", settings = new { low_score = new { at_most = 2 } } });
        var invited = await PostAsync(tenant, $"/v1/surveys/{survey}/invitations", new { customer_id = customer, channel = "link" }, "invitation");
        var (conversation, entry) = await ConversationAsync(tenant, customer);
        var ticket = await TestTenant.ReadAsync<JsonElement>(await tenant.Http.PostAsJsonAsync("/v1/tickets", new { customer_id = customer, subject = "Late", type = "problem" }));
        var linked = await PostAsync(tenant, "/v1/tickets", new { customer_id = customer, subject = "Late again" });
        await tenant.Http.PostAsJsonAsync($"/v1/tickets/{ticket.GetProperty("id").GetString()}/links", new { relation = "related", ticket_id = linked });
        return new Dictionary<string, string>
        {
            ["survey_id"] = survey,
            ["survey_invitation_id"] = invited,
            ["survey_response_id"] = await PostAsync(tenant, "/v1/survey_responses", new { invitation_id = invited, answers = new { score = 1 } }),
            ["ticket_id"] = ticket.GetProperty("id").GetString()!,
            ["ticket_number"] = ticket.GetProperty("number").ToString(),
            ["relation"] = "related",
            ["linked_ticket_id"] = linked,
            ["ticket_status_id"] = await PostAsync(tenant, "/v1/ticket_statuses", new { category = "on_hold", name }),
            ["ticket_view_id"] = await PostAsync(tenant, "/v1/ticket_views", new { name, query = "filter[category][eq]=new" }),
            ["canned_response_id"] = await PostAsync(tenant, "/v1/canned_responses", new { name, body = "Hello" }),
            ["macro_id"] = await PostAsync(tenant, "/v1/macros", new { name, actions = new[] { new { @do = "change", change = new { category = "pending" } } } }),
            ["conversation_id"] = conversation,
            ["entry_id"] = entry,
            ["mention_id"] = await MentionAsync(tenant, conversation),
            ["channel_id"] = await PostAsync(tenant, "/v1/channels", new { name, kind = "social" }),
            ["attachment_id"] = await AttachmentAsync(tenant, conversation),
            ["visitor_id"] = await VisitorAsync(tenant, customer),
            ["article_id"] = await PostAsync(tenant, "/v1/articles", new { title = $"Returns {name}", body = "Thirty days.", locale = "en" }),
            ["locale"] = "en", // languages are nobody's
            ["article_version"] = "1",
            ["article_category_id"] = await PostAsync(tenant, "/v1/article_categories", new { slug = $"c{name}", names = new { en = new { name = "Orders" } } }),
            ["bot_id"] = await PostAsync(tenant, "/v1/bots", new { name = "Kim", flow = new { locale = "en", intents = new[] { new { name = "hi", phrases = new[] { "hello" }, step = "hi" } }, steps = new[] { new { name = "hi", @do = "end" } } } }),
            ["bot_version"] = "1",
            ["provider_id"] = provider,
            ["provider_test_id"] = await PostAsync(tenant, $"/v1/providers/{provider}/tests", new { to = "ops@example.com" }),
            ["message_id"] = await PostAsync(tenant, "/v1/messages", new { customer_id = customer, channel = "email", purpose = "marketing", content = new { subject = "News", text = "Tea." } }),
            ["template_id"] = template.GetProperty("id").GetString()!,
            ["template_version_id"] = template.GetProperty("version_id").GetString()!,
            ["customer_id"] = customer,
            ["company_id"] = company,
            ["product_id"] = await PostAsync(tenant, "/v1/products", new { name = "Green tea", sku = name, external_ids = new[] { new { source = "shop", id = name } } }),
            ["consent_entry_id"] = await PostAsync(tenant, $"/v1/customers/{customer}/consents", new { purpose = "marketing", channel = "email", state = "granted" }),
            ["consent_topic_id"] = await PostAsync(tenant, "/v1/consent_topics", new { name = $"t{name}", title = "Newsletter" }),
            ["suppression_id"] = await PostAsync(tenant, "/v1/suppressions", new { channel = "email", address = $"{name}@example.com" }),
            ["note_id"] = await PostAsync(tenant, "/v1/notes", new { order_id = order, body = "Call back." }),
            ["identity_id"] = identities.GetProperty("data")[0].GetProperty("id").GetString()!,
            ["interaction_id"] = await PostAsync(tenant, "/v1/interactions", new { customer_id = customer, channel = "phone", direction = "inbound", body = "Terrible." }),
            ["order_id"] = order,
            ["refund_id"] = await PostAsync(tenant, $"/v1/orders/{order}/refunds", new { amount_minor = 100 }),
            ["custom_field_id"] = await PostAsync(tenant, "/v1/custom_fields", new { resource = "customers", name = $"f{name}", label = "Field", type = "text" }),
            ["tracked_event_id"] = await PostAsync(tenant, "/v1/track", new { name = "page_viewed", customer_id = customer }),
            ["task_id"] = await PostAsync(tenant, "/v1/tasks", new { title = "Call back", customer_id = customer }),
            ["inbound_hook_id"] = hook,
            ["hook_delivery_id"] = delivery,
            ["storefront_id"] = await PostAsync(tenant, "/v1/storefronts", new { name = "Shop", kind = "shopify", secret = "a shared secret", source = name }),
            ["automation_rule_id"] = rule,
            ["firing_id"] = await FiringAsync(tenant, rule, customer),
            ["tag_id"] = await PostAsync(tenant, "/v1/tags", new { name }),
            ["segment_id"] = await PostAsync(tenant, "/v1/segments", new { name = "Some", kind = "static" }),
            ["import_id"] = await Imports.SomeFiles.UploadedAsync(tenant, "email,first_name\nana@example.com,Ana\n"),
            ["export_id"] = await PostAsync(tenant, "/v1/exports", new { list = "orders" }),
            ["backtest_id"] = await PostAsync(tenant, "/v1/insights/backtests", new { }),
            ["fit_id"] = await PostAsync(tenant, "/v1/insights/fits", new { }),
            ["api_key_id"] = await PostAsync(tenant, "/v1/api_keys", new { name = "Till", scopes = new[] { "customers:read" } }),
            ["event_id"] = (await tenant.GetAsync<JsonElement>("/v1/events")).GetProperty("data")[0].GetProperty("id").GetString()!,
            ["job_id"] = await JobAsync(tenant),
            ["user_id"] = (await tenant.UserAsync(Role.Agent)).Id,
            ["session_id"] = (await tenant.UserAsync(Role.Agent)).SessionId,
            ["invitation_id"] = await PostAsync(tenant, "/v1/invitations", new { email = $"{name}@example.com", role = "agent" }),
            ["team_id"] = await PostAsync(tenant, "/v1/teams", new { name }),
            ["business_calendar_id"] = await PostAsync(tenant, "/v1/business_calendars", new { name, hours = new[] { new { day = "monday", from = "09:00", to = "17:00" } } }),
            ["bin_id"] = await BinAsync(tenant, customer),
            ["webhook_id"] = webhook,
            ["delivery_id"] = await PostAsync(tenant, $"/v1/webhooks/{webhook}/test", new { }),
            ["replay_id"] = await PostAsync(tenant, $"/v1/webhooks/{webhook}/replays", new { from = "2029-01-01T00:00:00Z" }),
            ["event_type"] = "never.happened", // types of events are nobody's
            ["sla_id"] = await PostAsync(tenant, "/v1/slas", new { name, definition = new { targets = new { normal = new { first_response_minutes = 60 } } } }),
            ["routing_rule_id"] = await PostAsync(tenant, "/v1/routing_rules", new { name, is_enabled = false, definition = new { } }),
            ["topic_id"] = await PostAsync(tenant, "/v1/topics", new { name }),
            ["check_in_id"] = await PostAsync(tenant, "/v1/check_ins", new { name, definition = new { after = "ticket_solved", days = 7, @do = "task", task = new { title = "Ask" } } }),
            ["reminder_id"] = await PostAsync(tenant, "/v1/reminders", new { ticket_id = linked, in_days = 3 }),
            ["source"] = "shop",
            ["external_id"] = name,
        };
    }

    /// <summary>The same kinds of names, of nothing.</summary>
    public static Dictionary<string, string> OfNobody(IReadOnlyDictionary<string, string> like) => like.ToDictionary(b => b.Key, b => b.Value.IndexOf('_') is var prefix and > 0
        ? b.Value[..(prefix + 1)] + "0" + string.Concat(Guid.NewGuid().ToString("N")[..25])
        : b.Key == "source" ? "shop" : b.Key == "locale" ? "en" : Guid.NewGuid().ToString("N"));

    /// <summary>Deletes what can be deleted; the rest never existed.</summary>
    public static async Task<Dictionary<string, string>> DeletedAsync(TestTenant tenant)
    {
        var mine = await OfAsync(tenant);
        foreach (var (collection, parameter) in new[] { ("slas", "sla_id"), ("routing_rules", "routing_rule_id"), ("topics", "topic_id"), ("check_ins", "check_in_id") }) await DeleteAsync(tenant, $"/v1/{collection}/{mine[parameter]}");
        foreach (var (collection, parameter) in new[] { ("recycle_bin", "bin_id"), ("articles", "article_id"), ("article_categories", "article_category_id"), ("bots", "bot_id"), ("templates", "template_id"), ("interactions", "interaction_id"), ("notes", "note_id"), ("tasks", "task_id"), ("inbound_hooks", "inbound_hook_id"), ("storefronts", "storefront_id"), ("automation_rules", "automation_rule_id"), ("companies", "company_id"), ("products", "product_id"), ("ticket_statuses", "ticket_status_id"), ("ticket_views", "ticket_view_id"), ("canned_responses", "canned_response_id"), ("macros", "macro_id"), ("tickets", "ticket_id"), ("tickets", "linked_ticket_id"), ("orders", "order_id"), ("segments", "segment_id"), ("custom_fields", "custom_field_id"), ("tags", "tag_id"), ("consent_topics", "consent_topic_id"), ("business_calendars", "business_calendar_id"), ("api_keys", "api_key_id"), ("webhooks", "webhook_id"), ("providers", "provider_id"), ("channels", "channel_id"), ("identities", "identity_id") })
            await DeleteAsync(tenant, $"/v1/{collection}/{mine[parameter]}");
        await tenant.Http.PostAsJsonAsync($"/v1/suppressions/{mine["suppression_id"]}/removal", new { reason = "It works again." });
        await DeleteAsync(tenant, $"/v1/imports/{mine["import_id"]}");
        foreach (var collection in new[] { "user", "invitation", "team" }) await DeleteAsync(tenant, $"/v1/{collection}s/{mine[$"{collection}_id"]}");
        await DeleteAsync(tenant, $"/v1/exports/{mine["export_id"]}");
        var byExternalId = await tenant.GetAsync<JsonElement>($"/v1/orders/by-external-id/shop/{mine["external_id"]}");
        await DeleteAsync(tenant, $"/v1/orders/{byExternalId.GetProperty("id").GetString()}");
        await DeleteAsync(tenant, $"/v1/customers/{mine["customer_id"]}");
        await DeleteAsync(tenant, $"/v1/surveys/{mine["survey_id"]}"); // nobody's answers are in the way any more
        mine["session_id"] = OfNobody(mine)["session_id"];
        foreach (var (parameter, nobodys) in OfNobody(mine))
            if (parameter is "event_id" or "job_id" or "fit_id" or "backtest_id") mine[parameter] = nobodys;
        return mine;
    }

    private static async Task<(string Conversation, string Entry)> ConversationAsync(TestTenant tenant, string customer)
    {
        var entry = await TestTenant.ReadAsync<JsonElement>(await tenant.Http.PostAsJsonAsync("/v1/conversations/messages", new { customer_id = customer, channel = "phone", text = "Where is it?" }));
        return (entry.GetProperty("conversation_id").GetString()!, entry.GetProperty("id").GetString()!);
    }

    private static async Task<string> AttachmentAsync(TestTenant tenant, string conversation)
    {
        var attachment = await Conversations.SomeConversations.UploadAsync(tenant, "receipt.txt", "Paid."u8.ToArray());
        await PostAsync(tenant, $"/v1/conversations/{conversation}/notes", new { text = "The receipt.", attachment_ids = new[] { attachment } });
        return attachment;
    }

    private static async Task<string> VisitorAsync(TestTenant tenant, string customer)
    {
        var identity = await TestTenant.ReadAsync<JsonElement>(await tenant.Http.PostAsJsonAsync("/v1/chat/identities", new { customer_id = customer }));
        return (await Conversations.SomeConversations.ChatAsync(tenant, identityToken: identity.GetProperty("identity_token").GetString())).VisitorId;
    }

    private static async Task<string> MentionAsync(TestTenant tenant, string conversation)
    {
        var user = (await tenant.UserAsync(Role.Agent)).Id;
        await PostAsync(tenant, $"/v1/conversations/{conversation}/notes", new { text = "Look.", mentions = new[] { user } });
        return (await tenant.GetAsync<JsonElement>("/v1/conversations/mentions")).GetProperty("data")[0].GetProperty("id").GetString()!;
    }

    private static async Task<(string Hook, string Delivery)> HookAsync(TestTenant tenant)
    {
        var mapping = new { targets = new[] { new { resource = "customer", fields = new[] { new { to = "/email", pointer = "/mail" } } } } };
        var hook = await tenant.CreateAsync<JsonElement>("/v1/inbound_hooks", new { name = "Till", mapping });
        var receipt = await TestTenant.ReadAsync<JsonElement>(await TestApi.NewClient().PostAsJsonAsync(new Uri(hook.GetProperty("url").GetString()!).AbsolutePath, new { nothing = true }));
        return (hook.GetProperty("id").GetString()!, receipt.GetProperty("delivery_id").GetString()!);
    }

    private static async Task<string> FiringAsync(TestTenant tenant, string rule, string customer)
    {
        await PostAsync(tenant, "/v1/tasks", new { title = "Fire", customer_id = customer });
        await TestApi.RunJobsAsync();
        return (await tenant.GetAsync<JsonElement>($"/v1/automation_rules/{rule}/firings")).GetProperty("data")[0].GetProperty("id").GetString()!;
    }

    private static async Task<string> BinAsync(TestTenant tenant, string customer)
    {
        var removed = await PostAsync(tenant, "/v1/interactions", new { customer_id = customer, channel = "chat", direction = "inbound" });
        await DeleteAsync(tenant, $"/v1/interactions/{removed}");
        return (await tenant.GetAsync<JsonElement>("/v1/recycle_bin?sort=removed_at")).GetProperty("data")[0].GetProperty("id").GetString()!;
    }

    private static async Task DeleteAsync(TestTenant tenant, string path)
    {
        var response = await tenant.Http.DeleteAsync(path);
        Assert.That(response.IsSuccessStatusCode, Is.True, $"DELETE {path}: {await response.Content.ReadAsStringAsync()}");
    }

    private static async Task<string> PostAsync(TestTenant tenant, string path, object body, string? within = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        var made = await TestTenant.ReadAsync<JsonElement>(await tenant.Http.SendAsync(request));
        return (within is null ? made : made.GetProperty(within)).GetProperty("id").GetString()!;
    }

    // Due long after every test has ended, so that it is still there.
    private static async Task<string> JobAsync(TestTenant tenant)
    {
        await tenant.WithScopeAsync(services => services.GetRequiredService<JobQueue>().EnqueueAsync(new PruneEvents(), new JobTerms { RunAt = TestApi.Clock.GetUtcNow().AddYears(50) }, default));
        return (await tenant.GetAsync<JsonElement>("/v1/jobs?filter[kind][eq]=prune_events")).GetProperty("data")[0].GetProperty("id").GetString()!;
    }
}
