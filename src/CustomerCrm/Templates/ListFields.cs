using CustomerCrm.Templates.Fields;

namespace CustomerCrm.Templates;

/// <summary>GET /templates/fields</summary>
public static class ListFields
{
    public sealed record Response
    {
        public required IReadOnlyList<MergeField> Data { get; init; }
    }

    internal static Response Handle() => new() { Data = MergeFields.All };
}
