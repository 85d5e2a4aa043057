using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.Tests.Tickets;

namespace CustomerCrm.Tests.TicketStatuses;

public class TicketStatusTests
{
    [Test]
    public async Task A_label_is_of_one_category_and_brings_it_along()
    {
        var tickets = await SomeTickets.NewAsync();
        var supplier = await NewAsync(tickets, "on_hold", "Waiting for the supplier");
        var usual = await NewAsync(tickets, "on_hold", "Parked", isDefault: true);
        var ticket = await tickets.OpenAsync();

        var held = await tickets.ChangeAsync(ticket, new { category = "on_hold" });
        var waiting = await tickets.ChangeAsync(ticket, new { status_id = supplier.Str("id") });
        var open = await tickets.ChangeAsync(ticket, new { category = "open" });

        Assert.That((held.Str("status_id"), held.Str("status")), Is.EqualTo((usual.Str("id"), "Parked")));
        Assert.That((waiting.Str("status"), waiting.Str("category")), Is.EqualTo(("Waiting for the supplier", "on_hold")));
        Assert.That((open.Str("status"), open.IsNull("status_id")), Is.EqualTo(("Open", true)));
        var wrong = await Problem.OfAsync(await tickets.Http.PatchAsJsonAsync(SomeTickets.PathOf(ticket), new { category = "pending", status_id = supplier.Str("id") }));
        Assert.That(wrong.Errors, Is.EqualTo(new[] { ("/status_id", "other_category") }));
        await tickets.ChangeAsync(ticket, new { status_id = supplier.Str("id") });
        await tickets.Http.DeleteAsync($"/v1/ticket_statuses/{supplier.Str("id")}");
        Assert.That((await tickets.ShowAsync(ticket)).Str("status"), Is.EqualTo("On hold"));
    }

    [Test]
    public async Task There_is_one_default_in_a_category_and_one_of_a_name()
    {
        var tickets = await SomeTickets.NewAsync();
        var first = await NewAsync(tickets, "solved", "Done", isDefault: true);
        var second = await NewAsync(tickets, "solved", "Settled", isDefault: true);

        Assert.That((await tickets.Tenant.GetAsync<JsonElement>($"/v1/ticket_statuses/{first.Str("id")}")).GetProperty("is_default").GetBoolean(), Is.False);
        Assert.That(await tickets.RefusedAsync("/v1/ticket_statuses", new { category = "open", name = "DONE" }), Is.EqualTo((HttpStatusCode.Conflict, "ticket_status_exists")));
        await TestTenant.ReadAsync<JsonElement>(await tickets.Http.PatchAsJsonAsync($"/v1/ticket_statuses/{first.Str("id")}", new { is_default = true, position = 3 }));
        Assert.That((await tickets.Tenant.GetAsync<JsonElement>("/v1/ticket_statuses?filter[category][eq]=solved")).Data().Select(s => (s.Str("name"), s.GetProperty("is_default").GetBoolean())),
            Is.EqualTo(new[] { (second.Str("name"), false), ("Done", true) }));
    }

    private static Task<JsonElement> NewAsync(SomeTickets tickets, string category, string name, bool isDefault = false) =>
        tickets.Tenant.CreateAsync<JsonElement>("/v1/ticket_statuses", new { category, name, is_default = isDefault });
}
