namespace CustomerCrm.SurveyResponses.Results;

/// <summary>Pure: where one piece of a whole is too small to be shown, the smallest of the others is not shown either; else it could be worked out from the whole.</summary>
internal static class HiddenTogether
{
    public static IReadOnlyList<T> Of<T>(IReadOnlyList<T> pieces, Func<T, ScoreFigure> score, Func<T, ScoreFigure, T> with) where T : class
    {
        bool IsHidden(T piece) => score(piece).Reason == "too_few_to_be_anonymous";
        if (pieces.Count(IsHidden) != 1) return pieces;
        var smallest = pieces.Where(piece => !IsHidden(piece) && score(piece).N > 0).MinBy(piece => score(piece).N);
        return smallest is null ? pieces : [.. pieces.Select(piece => ReferenceEquals(piece, smallest) ? with(piece, score(piece).Hidden()) : piece)];
    }
}
