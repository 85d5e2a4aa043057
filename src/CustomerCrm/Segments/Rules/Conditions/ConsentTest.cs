using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using CustomerCrm.Customers;
using CustomerCrm.Customers.Contacting;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Segments.Rules.Conditions;

/// <summary>
/// What the customer said of being written to: of a topic what was said of it, else what was said of all topics. Who never said anything is in none of
/// the states. It asks for what was said, not whether a message may go out: quiet hours, caps and suppressions are asked at the door.
/// </summary>
/// <example>{"purpose":"marketing","channel":"email","topic":"newsletter"}</example>
public sealed record ConsentTest : IRuleTest
{
    [Required] public MessagePurpose? Purpose { get; init; }
    [Required] public MessageChannel? Channel { get; init; }

    /// <summary>The name of a topic; left out for what was said of all.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [StringLength(100, MinimumLength = 1)] public string? Topic { get; init; }

    /// <summary>granted, if nothing is said. A grant whose time is over is expired from that moment on.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ConsentState? State { get; init; }

    string IRuleTest.Kind => "consent";

    private ConsentState Asked => State ?? ConsentState.Granted;

    bool IRuleTest.Holds(object seen) => ((ConsentSeen)seen).State == Asked;

    // Those whose consent ends at this moment.
    IEnumerable<Boundary> IRuleTest.BoundariesAt(RuleMoment at) => [new Boundary(MomentKind.ConsentExpiry, at.Now)];

    Condition IRuleTest.ToCondition(RuleMoment at) => Condition.Of("""
        EXISTS (SELECT 1 FROM ConsentStates k
                WHERE k.TenantId = c.TenantId AND k.CustomerId = c.Id AND k.Purpose = {0} AND k.Channel = {1}
                  AND (k.Topic = {2} OR (k.Topic = '' AND NOT EXISTS (
                      SELECT 1 FROM ConsentStates o WHERE o.TenantId = c.TenantId AND o.CustomerId = c.Id AND o.Purpose = {0} AND o.Channel = {1} AND o.Topic = {2})))
                  AND CASE WHEN k.State = 1 AND k.ExpiresAt <= {3} THEN 4 ELSE k.State END = {4})
        """, (int)Purpose!.Value, (int)Channel!.Value, Topic ?? "", at.Now, (int)Asked);

    async Task<object> IRuleTest.LookAsync(TenantDb db, Id<Customer> customerId, RuleMoment at, CancellationToken ct) =>
        await db.QueryTopAsync<ConsentSeen>(Said, 1, new { CustomerId = customerId, Purpose = (int)Purpose!.Value, Channel = (int)Channel!.Value, Topic = Topic ?? "", at.Now }, ct) is [var said]
            ? said
            : new ConsentSeen();

    // Its own row comes before that of all topics, which has the shortest name there is.
    private static readonly TenantSql Said = TenantSql.Of("""
        SELECT CASE WHEN k.State = 1 AND k.ExpiresAt <= @Now THEN 4 ELSE k.State END AS State, k.ChangedAt, k.ExpiresAt
        FROM ConsentStates k
        WHERE k.TenantId = @TenantId
          AND k.CustomerId = @CustomerId
          AND k.Purpose = @Purpose
          AND k.Channel = @Channel
          AND (k.Topic = @Topic OR k.Topic = '')
        ORDER BY k.Topic DESC
        """);
}

/// <summary>How a consent stands; all null where nothing was said.</summary>
internal sealed record ConsentSeen
{
    public ConsentState? State { get; init; }
    public DateTimeOffset? ChangedAt { get; init; }
    public DateTimeOffset? ExpiresAt { get; init; }
}
