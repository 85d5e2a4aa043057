using CustomerCrm.Platform.Data;

namespace CustomerCrm.Messages.Reports;

/// <summary>What a provider said of a message.</summary>
public sealed record KnownReport
{
    public required MessageReportKind Kind { get; init; }

    /// <summary>Of a bounce: it would come back again.</summary>
    public required bool IsPermanent { get; init; }

    public string? Code { get; init; }
    public required DateTimeOffset OccurredAt { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }

    internal static readonly TenantSql OfMessage = TenantSql.Of("""
        SELECT r.Kind, r.IsPermanent, r.Code, r.OccurredAt, r.ReceivedAt
        FROM MessageReports r
        WHERE r.TenantId = @TenantId
          AND r.MessageId = @MessageId
        ORDER BY r.OccurredAt, r.Id
        """);
}
