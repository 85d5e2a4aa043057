using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Lists;
using CustomerCrm.Platform.OpenApi.Answering;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.BusinessCalendars;

public static class BusinessCalendarRoutes
{
    internal static readonly ListOf<BusinessCalendar> List = ListOf<BusinessCalendar>.From(BusinessCalendar.All, "c.Id", calendar => calendar.Id.ToBytes())
        .SortedBy("created_at", "c.CreatedAt", calendar => calendar.CreatedAt, isDescending: true)
        .SortedBy("name", "c.Name", calendar => calendar.Name);

    public static IServiceCollection AddBusinessCalendars(this IServiceCollection services) => services.AddScoped<CalendarUse>().AddScoped<DefaultCalendar>().AddScoped<CalendarWriter>();

    /// <summary>When the business is open: what due times, automatic answers and routing count in.</summary>
    public static void MapBusinessCalendars(this IEndpointRouteBuilder api)
    {
        var calendars = api.MapGroup("/business_calendars").WithTags("BusinessCalendars");

        calendars.MapGet("/", ListBusinessCalendars).Lists(List).Needs("business_calendars:read").Describe("List business calendars",
            "All calendars of this data set, the latest first.");
        calendars.MapPost("/", CreateBusinessCalendar.Handle).Needs("business_calendars:write").Describe("Create a business calendar",
            $"Hours by weekday in a time zone, several periods a day if there are breaks, and the days when it is closed. At most {CreateBusinessCalendar.MostCalendars}; the first is the default.");
        calendars.MapGet("/{business_calendar_id}", ShowBusinessCalendar).Needs("business_calendars:read").Describe("Show a business calendar",
            "Its hours and its holidays.");
        calendars.MapPatch("/{business_calendar_id}", ChangeBusinessCalendar.Handle).Needs("business_calendars:write").Describe("Change a business calendar",
            "Absent members stay; `hours` and `holidays` are replaced as a whole. `is_default: true` takes the default away from the one that has it.");
        calendars.MapDelete("/{business_calendar_id}", RemoveBusinessCalendar.Handle).Needs("business_calendars:write").MayAnswer(409, "business_calendar_in_use").Describe("Delete a business calendar",
            "For good. The default can only be deleted as the last one (409 `default_business_calendar`), and one that service levels name, or whose hours a team or an agent keeps, only when they do no more: 409 `business_calendar_in_use` with `sla_ids`, `team_ids` and `user_ids`.");
        calendars.MapPost("/{business_calendar_id}/holidays/ical", ImportHolidays.Handle).Needs("business_calendars:write").Produces<BusinessCalendar>().Describe("Import holidays",
            "From an iCalendar text, such as authorities publish: its all-day events between two days become holidays, beside those there are. A repeat adds nothing.");
        calendars.MapPost("/{business_calendar_id}/calculation", CalculateBusinessTime.Handle).Needs("business_calendars:read").ReadsOnly().Describe("Count in business time",
            "When so many minutes of open time are over, or how many lie between two moments, with the openings that were counted and the holidays on the way. An hour that clocks repeat in autumn counts twice, one that they leave out in spring does not count.");
    }

    internal static Task<Page<BusinessCalendar>> ListBusinessCalendars(ListQuery query, TenantDb db, CancellationToken ct) => List.ReadAsync(query, db, null, ct);

    internal static Task<BusinessCalendar> ShowBusinessCalendar([FromRoute(Name = "business_calendar_id")] Id<BusinessCalendar> calendarId, TenantDb db, CancellationToken ct) =>
        BusinessCalendar.FindAsync(calendarId, db, ct);
}
