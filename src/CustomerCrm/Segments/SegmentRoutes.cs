using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Lists;
using CustomerCrm.Segments.Membership;
using CustomerCrm.Segments.Rules;
using CustomerCrm.Segments.Rules.Fields;
using CustomerCrm.Tenant;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Segments;

public static class SegmentRoutes
{
    internal static readonly ListOf<Segment> List = ListOf<Segment>.From(Segment.All, "g.Id", segment => segment.Id.ToBytes())
        .SortedBy("created_at", "g.CreatedAt", segment => segment.CreatedAt, isDescending: true)
        .SortedBy("name", "g.Name", segment => segment.Name)
        .SortedBy("size", "g.Size", segment => segment.Size)
        .FilteredBy("kind", "g.Kind", FilterType.OneOf<SegmentKind>(), Operators.Equal)
        .FilteredBy("status", "g.Status", FilterType.OneOf<SegmentStatus>(), Operators.Equal)
        .FilteredBy("name", "g.Name", FilterType.Text(200, "Regulars"), Operators.Prefix);

    public static IServiceCollection AddSegments(this IServiceCollection services) => services
        .AddScoped<RuleClock>().AddScoped<SegmentClock>().AddScoped<TimePassed>().AddScoped<SegmentMembership>().AddScoped<SegmentSweep>().AddScoped<SeenCustomers>().AddScoped<CustomFieldQuestions>().AddScoped<IFollowsCalendar, SegmentCalendar>()
        .AddEventConsumer<MembershipConsumer>()
        .AddJob<BuildSegmentJob, BuildSegment>().AddJob<CheckSegmentsJob, CheckSegments>()
        .AddJob<CountSegmentsJob, CountSegments>().AddJob<DropSegmentJob, DropSegment>()
        .AddJob<FollowTimeJob, FollowTime>().AddJob<JoinImportedJob, JoinImported>();

    /// <summary>Groups of customers: lists kept by hand, or rules whose members come and go by themselves, explained node by node.</summary>
    public static void MapSegments(this IEndpointRouteBuilder api)
    {
        var segments = api.MapGroup("/segments").WithTags("Segments");

        segments.MapGet("/", ListSegments).Needs("segments:read").Lists(List).Describe("List segments",
            "Static and dynamic ones, the latest first, each with its size.");
        segments.MapPost("/", CreateSegment.Handle).Needs("segments:write").Describe("Create a segment",
            $"A `static` one is a list kept by hand. A `dynamic` one has a `rule`: a tree of `all`, `any` and `not` over tests of fields, `orders`, `interactions`, `events` and `sequence` (what is tracked), `products` (what was bought) and other segments (`segment`), at most {SegmentRule.MostTests} tests and {SegmentRule.DeepestNesting} levels. Its members are then looked for (`status` is `building`, then `ready`, and `segment.built` is recorded); from then on who enters or leaves does so within seconds, with `segment.entered` and `segment.left`; who does so only because time has passed, within minutes. Spans of time count back from now (`within_days`, `within_hours`), or are a `period` of the calendar where the tenant is. The first members enter without events, and so does everyone while a changed rule is built. At most {CreateSegment.MostDynamic} dynamic segments.");
        segments.MapPost("/preview", PreviewSegment.Handle).ReadsOnly().Needs("segments:read").MayLag().Describe("Preview a rule",
            $"How many customers the rule holds for now, and up to {PreviewSegment.SampleSize} of them; nothing is saved. Customers are looked at for at most {PreviewSegment.LongestSeconds} seconds: if that was not enough for all of them, `is_complete` is false and `size` is of the `looked_at`.");
        segments.MapGet("/{segment_id}", ShowSegment).Needs("segments:read").Describe("Show a segment",
            "With its rule, its size and when that was last counted. The `ETag` also changes with the size.");
        segments.MapPatch("/{segment_id}", ChangeSegment.Handle).Needs("segments:write").Describe("Change a segment",
            "Name, description or, of a dynamic one, the rule; then its members are looked for anew, without events, and meanwhile those of the old rule are still listed until their turn comes. Absent members stay as they are.");
        segments.MapDelete("/{segment_id}", RemoveSegment.Handle).Needs("segments:write").Describe("Delete a segment",
            "For good; its customers stay. Nobody's leaving is recorded one by one: `segment.deleted` says it for all. 409 `segment_in_use` with `segment_ids`, `automation_rule_ids`, `routing_rule_ids`, `sla_ids`, `check_in_ids` and `survey_ids` while these name it.");
        segments.MapGet("/{segment_id}/members", ListMembers.Handle).Needs("segments:read").Lists(ListMembers.List).Describe("List a segment's members",
            "The customers in it, who joined last first.");
        segments.MapPost("/{segment_id}/members", AddMembers.Handle).Needs("segments:write").Describe("Add members to a static segment",
            $"Up to {AddMembers.MostAtOnce} customers; who is in it already stays as they are. If one is unknown, nobody is added (422). 409 `segment_is_dynamic` for one with a rule.");
        segments.MapDelete("/{segment_id}/members/{customer_id}", RemoveMember.Handle).Needs("segments:write").Describe("Remove a member from a static segment",
            "404 if the customer is not in it, 409 `segment_is_dynamic` for a segment with a rule.");
        segments.MapGet("/{segment_id}/members/{customer_id}/explanation", ExplainMember.Handle).Needs("segments:read").Describe("Explain a membership",
            "Why a customer is in the segment, or is not: the rule node by node, with the value seen now and whether it holds. `is_member` is what is stored; where it differs from `matches`, the change is seconds away or, for what only time changes, minutes.");

        api.MapGet("/customers/{customer_id}/segments", ListCustomerSegments.Handle).WithTags("Segments").Needs("segments:read").Lists(ListCustomerSegments.List).Describe("List a customer's segments",
            "Every segment the customer is in, the latest joined first.");
    }

    internal static Task<Page<Segment>> ListSegments(ListQuery query, TenantDb db, CancellationToken ct) => List.ReadAsync(query, db, null, ct);

    internal static Task<Segment> ShowSegment([FromRoute(Name = "segment_id")] Id<Segment> segmentId, TenantDb db, CancellationToken ct) => Segment.FindAsync(segmentId, db, ct);
}
