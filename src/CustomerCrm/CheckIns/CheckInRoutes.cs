using CustomerCrm.CheckIns.Runs;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Lists;
using CustomerCrm.Platform.OpenApi.Answering;
using CustomerCrm.Platform.Records;
using CustomerCrm.Segments;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.CheckIns;

internal static class CheckInRoutes
{
    public static IServiceCollection AddCheckIns(this IServiceCollection services) => services.AddScoped<CheckInWriter>().AddSingleton(NamesSegments.In<CheckIn>("check_in_ids", CheckIn.NamingSegment, checkIn => (checkIn.Id.ToString(), checkIn.Name))).AddScoped<IRestored, RestoredRuns>().AddEventConsumer<CheckInConsumer>().AddJob<AskCustomerJob, AskCustomer>();

    /// <summary>Asking customers of one's own accord, before they have to.</summary>
    public static void MapCheckIns(this IEndpointRouteBuilder api)
    {
        var checkIns = api.MapGroup("/check_ins").WithTags("CheckIns");

        checkIns.MapGet("/", List).WithName("ListCheckIns").Needs("check_ins:read").Lists(CheckIn.List).Describe("List check-ins",
            "The latest first.");
        checkIns.MapPost("/", SaveCheckIn.Create).WithName("CreateCheckIn").Needs("check_ins:write").MayAnswer(409, "too_many_check_ins").Describe("Create a check-in",
            "So many days after a ticket was solved, or after a customer's first order, a person gets a task or the customer a message, once for each ticket or order. Whether the ticket is open again, the order cancelled, or the customer another than `customer` asks for, is looked at when the time has come. A message goes through the contact policy.");
        checkIns.MapGet("/{check_in_id}", Show).WithName("ShowCheckIn").Needs("check_ins:read").Describe("Show a check-in",
            "With its definition. Its `ETag` is its revision.");
        checkIns.MapPatch("/{check_in_id}", SaveCheckIn.Handle).WithName("ChangeCheckIn").Needs("check_ins:write").Describe("Change a check-in",
            "Absent members stay. What waits keeps its time, and is asked by the new definition.");
        checkIns.MapDelete("/{check_in_id}", SaveCheckIn.Remove).WithName("RemoveCheckIn").Needs("check_ins:write").Describe("Delete a check-in",
            "With its log; what waits is not done. Tasks and messages stay.");
        checkIns.MapGet("/{check_in_id}/runs", Runs).WithName("ListCheckInRuns").Needs("check_ins:read").Lists(CheckInRun.List).Describe("List a check-in's runs",
            "Whom it asked, whom it will ask, and why somebody was not asked, the latest first.");
    }

    internal static Task<Page<CheckIn>> List(ListQuery query, TenantDb db, CancellationToken ct) => CheckIn.List.ReadAsync(query, db, null, ct);

    internal static Task<CheckIn> Show([FromRoute(Name = "check_in_id")] Id<CheckIn> checkInId, TenantDb db, CancellationToken ct) => CheckIn.FindAsync(checkInId, db, ct);

    internal static async Task<Page<CheckInRun>> Runs([FromRoute(Name = "check_in_id")] Id<CheckIn> checkInId, ListQuery query, TenantDb db, CancellationToken ct)
    {
        await CheckIn.FindAsync(checkInId, db, ct);
        return await CheckInRun.List.ReadAsync(query, db, new { CheckInId = checkInId }, ct);
    }
}
