using YamlDotNet.RepresentationModel;

namespace CustomerCrm.Tests.Deploy;

/// <summary>The files of deploy/, asked by path: <c>spec.template.spec.containers.0.image</c>.</summary>
internal static class Yaml
{
    public static IReadOnlyList<YamlNode> Documents(params string[] path)
    {
        var stream = new YamlStream();
        using var text = File.OpenText(Path.Combine([Repository.Root, "deploy", .. path]));
        stream.Load(text);
        return [.. stream.Documents.Select(d => d.RootNode)];
    }

    public static YamlNode? At(this YamlNode? node, string path) => path.Split('.').Aggregate(node, (at, step) => at switch
    {
        YamlMappingNode map => Members(map).GetValueOrDefault(step),
        YamlSequenceNode list when int.TryParse(step, out var i) && i < list.Children.Count => list.Children[i],
        _ => null,
    });

    public static string? Text(this YamlNode? node, string path) => (node.At(path) as YamlScalarNode)?.Value;

    public static IEnumerable<YamlNode> Items(this YamlNode? node, string path) => (node.At(path) as YamlSequenceNode)?.Children ?? [];

    public static IReadOnlyDictionary<string, YamlNode> Map(this YamlNode? node, string path) => node.At(path) is YamlMappingNode map ? Members(map) : [];

    // What << merges stands behind what the map says itself.
    private static Dictionary<string, YamlNode> Members(YamlMappingNode map)
    {
        var members = map.Children.ToDictionary(pair => ((YamlScalarNode)pair.Key).Value!, pair => pair.Value);
        if (members.Remove("<<", out var merged))
            foreach (var (name, value) in Members((YamlMappingNode)merged)) members.TryAdd(name, value);
        return members;
    }
}
