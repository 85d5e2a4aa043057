namespace CustomerCrm.Platform.Problems;

/// <summary>One kind of problem, as the page behind its <c>type</c> explains it.</summary>
/// <param name="Code">As in the problem's <c>code</c> and at the end of its <c>type</c>.</param>
/// <param name="Status">The HTTP status it comes with.</param>
/// <param name="Meaning">What has happened, in a sentence.</param>
/// <param name="Remedy">What the caller can do about it.</param>
public sealed record ProblemKind(string Code, int Status, string Meaning, string Remedy);
