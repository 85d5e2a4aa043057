using System.Text.Json;
using CustomerCrm.Platform.Json;

namespace CustomerCrm.AutomationRules.Actions;

/// <summary>GET /automation_rules/actions: what a rule can do, with what each asks for.</summary>
public static class ListRuleActions
{
    public sealed record Answer
    {
        public required IReadOnlyList<ActionKind> Data { get; init; }
    }

    /// <summary>Something that rules can do.</summary>
    public sealed record ActionKind
    {
        /// <example>tag_customer</example>
        public required string Name { get; init; }

        public required string Description { get; init; }

        /// <summary>The members of <c>with</c>.</summary>
        public required IReadOnlyList<ActionField> Fields { get; init; }

        /// <summary>A <c>with</c> that is right in form.</summary>
        public required JsonElement Example { get; init; }
    }

    /// <summary>A member of an action's <c>with</c>.</summary>
    public sealed record ActionField
    {
        /// <example>names</example>
        public required string Name { get; init; }

        /// <summary>string, integer, boolean, array or object.</summary>
        public required string Type { get; init; }

        public required bool IsRequired { get; init; }
    }

    internal static Answer Handle(RuleActions actions) => new() { Data = [.. actions.All.Select(Of)] };

    private static ActionKind Of(IRuleAction action) => new()
    {
        Name = action.Name,
        Description = action.Description,
        Fields = [.. StrictJson.Options.GetTypeInfo(action.Arguments).Properties.Select(member => new ActionField
        {
            Name = member.Name,
            Type = TypeOf(member.PropertyType),
            IsRequired = member.AttributeProvider?.IsDefined(typeof(System.Runtime.CompilerServices.RequiredMemberAttribute), inherit: true) == true,
        })],
        Example = JsonSerializer.SerializeToElement(action.Example, action.Example.GetType(), StrictJson.Options),
    };

    private static string TypeOf(Type type)
    {
        var bare = Nullable.GetUnderlyingType(type) ?? type;
        return bare == typeof(int) || bare == typeof(long) ? "integer"
            : bare == typeof(bool) ? "boolean"
            : bare == typeof(string) || bare.IsEnum || bare.IsValueType ? "string"
            : typeof(System.Collections.IDictionary).IsAssignableFrom(bare) || !typeof(System.Collections.IEnumerable).IsAssignableFrom(bare) ? "object" : "array";
    }
}
