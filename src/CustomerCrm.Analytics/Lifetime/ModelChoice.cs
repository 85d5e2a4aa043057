namespace CustomerCrm.Analytics.Lifetime;

/// <summary>Which of the fitted models speaks for the others.</summary>
internal static class ModelChoice
{
    public static (ModelKind? Chosen, string? By) Of(IReadOnlyList<ModelFit> fits, HoldoutReport holdout)
    {
        var fitted = fits.Where(fit => fit.Model is not null).ToArray();
        var reliable = fitted.Where(fit => fit.Sufficiency.IsSufficient).ToArray();
        var candidates = (reliable.Length > 0 ? reliable : fitted).ToDictionary(fit => fit.Kind);
        if (candidates.Count == 0) return (null, null);

        var tried = holdout.Scores.Where(score => candidates.ContainsKey(score.Kind)).ToArray();
        return tried.Length == candidates.Count
            ? (tried.MaxBy(score => score.LogPredictive)!.Kind, "holdout_likelihood")
            : (candidates.Values.MaxBy(fit => fit.LogLikelihood)!.Kind, "likelihood");
    }
}
