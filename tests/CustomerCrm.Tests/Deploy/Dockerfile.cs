namespace CustomerCrm.Tests.Deploy;

/// <summary>What deploy/Dockerfile says, instruction by instruction.</summary>
internal sealed class Dockerfile
{
    private readonly (string Name, string Value)[] lines =
    [
        .. File.ReadAllLines(Path.Combine(Repository.Root, "deploy", "Dockerfile"))
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => (line[..line.IndexOf(' ', StringComparison.Ordinal)], line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..])),
    ];

    /// <summary>The image that runs, and by whom.</summary>
    public string Base => All("FROM").Last();
    public string User => All("USER").Last();

    /// <summary>What the build sees of the repository.</summary>
    public IEnumerable<string> Sources => All("COPY").Where(c => !c.StartsWith("--", StringComparison.Ordinal)).Select(c => c.Split(' ')[0]);

    /// <summary>After <c>dotnet</c>.</summary>
    public string[] Publish => All("RUN").Single(r => r.StartsWith("dotnet publish", StringComparison.Ordinal)).Split(' ')[1..];

    public string[] EntryPoint => System.Text.Json.JsonSerializer.Deserialize<string[]>(All("ENTRYPOINT").Single())!;

    public IReadOnlyDictionary<string, string> Environment => All("ENV")
        .SelectMany(line => System.Text.RegularExpressions.Regex.Matches(line, "(\\w+)=(?:\"([^\"]*)\"|(\\S+))"))
        .ToDictionary(m => m.Groups[1].Value, m => m.Groups[2].Value + m.Groups[3].Value);

    private IEnumerable<string> All(string name) => lines.Where(l => l.Name == name).Select(l => l.Value);
}
