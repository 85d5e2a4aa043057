using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Products;
using CustomerCrm.Segments;
using CustomerCrm.Sentiment.Reports;
using CustomerCrm.SurveyResponses.Writing;
using CustomerCrm.Surveys;
using CustomerCrm.Teams;
using CustomerCrm.Tenant;
using CustomerCrm.Users;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.SurveyResponses.Results;

/// <summary>GET /surveys/{survey_id}/results/groups: the score by agent, team, channel, segment or product.</summary>
public static class ShowResultGroups
{
    private const int MostGroups = 100;

    public sealed record Answer
    {
        public required Id<Survey> SurveyId { get; init; }

        /// <example>agent</example>
        public required string By { get; init; }

        public required DateOnly From { get; init; }
        public required DateOnly To { get; init; }

        /// <summary>Those with the most answers first; at most 100.</summary>
        public required IReadOnlyList<Group> Data { get; init; }
    }

    public sealed record Group
    {
        /// <summary>Of the agent, team, segment or product; of a channel its name.</summary>
        /// <example>usr_01mv4q0800ebxvvk1mr9tcr6ws</example>
        public required string Id { get; init; }

        /// <summary>As it is called now; null where it is gone.</summary>
        public required string? Name { get; init; }

        public required ScoreFigure Score { get; init; }
    }

    /// <param name="surveyId">Which.</param>
    /// <param name="by">agent, team, channel, segment or product; left out: agent.</param>
    /// <param name="from">The first day; left out: 28 days in all.</param>
    /// <param name="to">The last day; left out: today.</param>
    internal static async Task<Answer> Handle(
        [FromRoute(Name = "survey_id")] Id<Survey> surveyId, string? by, DateOnly? from, DateOnly? to, CurrentSettings settings, TenantDb db, TimeProvider clock, CancellationToken ct)
    {
        by ??= "agent";
        var survey = await Survey.FindAsync(surveyId, db, ct);
        var range = ReportRange.Of(from, to, (await settings.GetAsync(ct)).Calendar, clock.GetUtcNow());
        var args = new { SurveyId = surveyId, range.Starts, range.Ends };
        var groups = by switch
        {
            "channel" => Grouped(survey, await db.QueryAsync<Row>(ByChannel, args, ct), row => StrictJson.NameOf((SurveyChannel)row.Channel!.Value), new Dictionary<string, string>()),
            "agent" => await OfAsync(ResponseGroup.Agent, key => Id<User>.FromBytes(key).ToString()),
            "team" => await OfAsync(ResponseGroup.Team, key => Id<Team>.FromBytes(key).ToString()),
            "segment" => await OfAsync(ResponseGroup.Segment, key => Id<Segment>.FromBytes(key).ToString()),
            "product" => await OfAsync(ResponseGroup.Product, key => Id<Product>.FromBytes(key).ToString()),
            _ => throw ApiProblem.BadQuery("by", "value_invalid", "agent, team, channel, segment or product."),
        };
        return new Answer { SurveyId = surveyId, By = by, From = range.From, To = range.To, Data = survey.IsAnonymous ? HiddenTogether.Of(groups, g => g.Score, (g, score) => g with { Score = score }) : groups };

        async Task<IReadOnlyList<Group>> OfAsync(ResponseGroup kind, Func<byte[], string> idOf)
        {
            var rows = await db.QueryAsync<Row>(ByGroup, new { args.SurveyId, args.Starts, args.Ends, Kind = kind }, ct);
            var keys = rows.GroupBy(row => Convert.ToHexString(row.GroupId!)).OrderByDescending(group => group.Sum(row => row.Count)).Take(MostGroups).Select(group => group.First().GroupId!).ToArray();
            var named = await db.QueryAsync<Named>((kind switch
            {
                ResponseGroup.Agent => Users,
                ResponseGroup.Team => Teams,
                ResponseGroup.Segment => Segments,
                _ => Products,
            }).And(Condition.In("n.Id", keys)), null, ct);
            return Grouped(survey, rows, row => idOf(row.GroupId!), named.ToDictionary(one => idOf(one.Id), one => one.Name));
        }
    }

    private static IReadOnlyList<Group> Grouped(Survey survey, IReadOnlyList<Row> rows, Func<Row, string> idOf, Dictionary<string, string> names) =>
    [
        .. rows.GroupBy(idOf).OrderByDescending(group => group.Sum(row => row.Count)).ThenBy(group => group.Key, StringComparer.Ordinal).Take(MostGroups).Select(group => new Group
        {
            Id = group.Key,
            Name = names.GetValueOrDefault(group.Key),
            Score = ScoreFigure.Of(survey.Kind, [.. group.Select(row => new ScoreCount { Score = row.Score, Count = row.Count })], survey.Settings.AnonymityThreshold),
        }),
    ];

    private sealed record Row
    {
        public byte[]? GroupId { get; init; }
        public int? Channel { get; init; }
        public required int Score { get; init; }
        public required int Count { get; init; }
    }

    private sealed record Named
    {
        public required byte[] Id { get; init; }
        public required string Name { get; init; }
    }

    private static readonly TenantSql ByChannel = TenantSql.Of("""
        SELECT r.Channel, r.Score, COUNT(*) AS Count
        FROM SurveyResponses r
        WHERE r.TenantId = @TenantId
          AND r.SurveyId = @SurveyId
          AND r.AnsweredAt >= @Starts
          AND r.AnsweredAt < @Ends
          AND r.Score IS NOT NULL
        GROUP BY r.Channel, r.Score
        """);

    private static readonly TenantSql ByGroup = TenantSql.Of("""
        SELECT g.GroupId, g.Score, COUNT(*) AS Count
        FROM SurveyResponseGroups g
        WHERE g.TenantId = @TenantId
          AND g.SurveyId = @SurveyId
          AND g.Kind = @Kind
          AND g.AnsweredAt >= @Starts
          AND g.AnsweredAt < @Ends
          AND g.Score IS NOT NULL
        GROUP BY g.GroupId, g.Score
        """);

    private static readonly TenantSql Users = TenantSql.Of("SELECT n.Id, n.Name FROM Users n WHERE n.TenantId = @TenantId");

    private static readonly TenantSql Teams = TenantSql.Of("SELECT n.Id, n.Name FROM Teams n WHERE n.TenantId = @TenantId");

    private static readonly TenantSql Segments = TenantSql.Of("SELECT n.Id, n.Name FROM Segments n WHERE n.TenantId = @TenantId");

    private static readonly TenantSql Products = TenantSql.Of("SELECT n.Id, n.Name FROM Products n WHERE n.TenantId = @TenantId");
}
