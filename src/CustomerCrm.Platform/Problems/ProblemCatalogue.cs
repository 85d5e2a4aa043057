namespace CustomerCrm.Platform.Problems;

/// <summary>Every kind of problem there is. A guard holds it equal to what the code throws.</summary>
public sealed class ProblemCatalogue(IEnumerable<ProblemKind> ofTheProduct)
{
    private readonly SortedDictionary<string, ProblemKind> kinds =
        new(PlatformProblems.All.Concat(ofTheProduct).ToDictionary(kind => kind.Code), StringComparer.Ordinal);

    public IReadOnlyCollection<ProblemKind> All => kinds.Values;

    public ProblemKind? Find(string code) => kinds.GetValueOrDefault(code);
}
