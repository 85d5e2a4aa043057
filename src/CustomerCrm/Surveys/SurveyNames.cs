using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Tasks;

namespace CustomerCrm.Surveys;

/// <summary>What the settings of a survey name that is not there, seen from them.</summary>
internal sealed class SurveyNames(TenantDb db, TaskWriter tasks)
{
    public async Task<IReadOnlyList<FieldError>> WrongAsync(SurveySettings settings, CancellationToken ct)
    {
        var errors = new List<FieldError>();
        foreach (var (i, trigger) in settings.Triggers.Index())
            if (trigger.SegmentId is { } segmentId && await db.FindAsync<int?>(HasSegment, new { SegmentId = segmentId }, ct) is null)
                errors.Add(new($"/triggers/{i}/segment_id", "unknown_segment", "There is no such segment."));
        if (settings.TemplateId is { } templateId && await db.FindAsync<int?>(HasTemplate, new { TemplateId = templateId }, ct) is null)
            errors.Add(new("/template_id", "unknown_template", "There is no such template."));
        if (settings.LowScore is { } low) errors.AddRange((await tasks.WrongAssigneeAsync(low.UserId, low.TeamId, ct)).Select(wrong => wrong with { Pointer = $"/low_score{wrong.Pointer}" }));
        return errors;
    }

    private static readonly TenantSql HasSegment = TenantSql.Of("SELECT 1 FROM Segments g WHERE g.TenantId = @TenantId AND g.Id = @SegmentId AND g.DeletedAt IS NULL");

    private static readonly TenantSql HasTemplate = TenantSql.Of("SELECT 1 FROM Templates t WHERE t.TenantId = @TenantId AND t.Id = @TemplateId AND t.DeletedAt IS NULL");
}
