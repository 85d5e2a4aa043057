using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace CustomerCrm.Platform.OpenApi;

/// <summary>
/// What the comments in the code say of types and members: the descriptions and examples of the contract. Read from the
/// documentation files beside the assemblies, so that the platform's types and the product's are described alike.
/// </summary>
internal sealed partial class XmlDocs
{
    private readonly ConcurrentDictionary<Assembly, Dictionary<string, XElement>> files = new();

    public string? Of(Type type) => Text(Find(type.Assembly, $"T:{NameOf(type)}")?.Element("summary"));

    public string? Of(PropertyInfo property) => Text(Find(property)?.Element("summary"))
        ?? Text(Find(Owner(property).Assembly, $"T:{NameOf(Owner(property))}")?.Elements("param").FirstOrDefault(p => p.Attribute("name")?.Value == property.Name));

    public string? Of(FieldInfo field) => Text(Find(field.DeclaringType!.Assembly, $"F:{NameOf(field.DeclaringType)}.{field.Name}")?.Element("summary"));

    public string? ExampleOf(Type type) => Text(Find(type.Assembly, $"T:{NameOf(type)}")?.Element("example"));

    public string? ExampleOf(PropertyInfo property) => Text(Find(property)?.Element("example"));

    public string? Of(MethodInfo method) => Text(Find(method)?.Element("summary"));

    public string? Of(ParameterInfo parameter) =>
        Text(Find((MethodInfo)parameter.Member)?.Elements("param").FirstOrDefault(p => p.Attribute("name")?.Value == parameter.Name));

    // Handlers and maps are not overloaded, so the name will do.
    private XElement? Find(MethodInfo method)
    {
        var prefix = $"M:{NameOf(method.DeclaringType!)}.{method.Name}(";
        return FileOf(method.DeclaringType!.Assembly).FirstOrDefault(m => m.Key.StartsWith(prefix, StringComparison.Ordinal)).Value;
    }

    private XElement? Find(PropertyInfo property) => Find(Owner(property).Assembly, $"P:{NameOf(Owner(property))}.{property.Name}");

    private XElement? Find(Assembly assembly, string member) => FileOf(assembly).GetValueOrDefault(member);

    private Dictionary<string, XElement> FileOf(Assembly assembly) => files.GetOrAdd(assembly, static a =>
    {
        var file = Path.ChangeExtension(a.Location, ".xml");
        return File.Exists(file)
            ? XDocument.Load(file).Descendants("member").ToDictionary(m => m.Attribute("name")!.Value)
            : [];
    });

    private static Type Owner(PropertyInfo property) => property.DeclaringType is { IsGenericType: true } type ? type.GetGenericTypeDefinition() : property.DeclaringType!;

    private static string NameOf(Type type) => (type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName!.Replace('+', '.');

    private static string? Text(XElement? element)
    {
        if (element is null) return null;
        var text = Spaces().Replace(string.Concat(element.Nodes().Select(Text)), " ").Trim();
        return text.Length == 0 ? null : text;
    }

    private static string Text(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement { Name.LocalName: "see" } see when see.Attribute("cref") is { } cref => $"`{JsonNamingPolicy.SnakeCaseLower.ConvertName(cref.Value.Split('(')[0].Split('.', ':')[^1])}`",
        XElement { Name.LocalName: "see" } see => see.Attribute("langword")?.Value ?? see.Attribute("href")?.Value ?? "",
        XElement element => string.Concat(element.Nodes().Select(Text)),
        _ => "",
    };

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
