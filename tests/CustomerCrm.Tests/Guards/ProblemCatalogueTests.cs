using System.Text.RegularExpressions;
using CustomerCrm.Platform.Problems;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerCrm.Tests.Guards;

public partial class ProblemCatalogueTests
{
    [Test]
    public void Every_problem_that_the_code_throws_is_explained_and_no_other()
    {
        var thrown = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(file => Thrown().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups[1].Value)
            .ToHashSet();
        Assert.That(thrown, Does.Contain("not_found").And.Contain("job_not_dead"), "The search itself.");

        var explained = TestApi.Services.GetRequiredService<ProblemCatalogue>().All.Select(kind => kind.Code);

        Assert.That(explained, Is.EquivalentTo(thrown), "PlatformProblems and ProblemKinds explain the codes of problems.");
    }

    [Test]
    public void Every_code_is_written_where_it_is_thrown()
    {
        var hidden = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(file) != "ApiProblem.cs")
            .SelectMany(file => Any().Matches(File.ReadAllText(file)).Where(m => !Thrown().IsMatch(m.Value) && !HandedOn().IsMatch(m.Value)).Select(m => $"{Path.GetFileName(file)}: {m.Value}"));

        Assert.That(hidden, Is.Empty, "A code that is not a literal cannot be held equal to the catalogue.");
    }

    // The factories, and inside ApiProblem the constructor itself.
    [GeneratedRegex("""(?:(?:\w+\.(?:BadRequest|Unauthorized|Forbidden|Conflict|Other)|(?<==>\s*)BadRequest)\(\s*(?:[A-Za-z0-9_.]+,\s*)?|\bnew\(StatusCodes\.\w+,\s*)"([a-z][a-z_]+)",""")]
    private static partial Regex Thrown();

    // A factory of a feature's own; its callers write the code.
    [GeneratedRegex("""ApiProblem\.\w+\(code,""")]
    private static partial Regex HandedOn();

    [GeneratedRegex("""ApiProblem\.(?:BadRequest|Unauthorized|Forbidden|Conflict|Other)\([^;]{0,120}""")]
    private static partial Regex Any();
}
