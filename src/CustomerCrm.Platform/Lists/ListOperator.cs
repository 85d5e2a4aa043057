using CustomerCrm.Platform.Data;

namespace CustomerCrm.Platform.Lists;

/// <summary>What a column may be asked.</summary>
[Flags]
public enum Operators
{
    None = 0,

    /// <summary><c>eq</c>: is this.</summary>
    Equal = 1,

    /// <summary><c>in</c>: is one of these, with commas between.</summary>
    In = 2,

    /// <summary><c>gte</c>, <c>gt</c>, <c>lte</c>, <c>lt</c>.</summary>
    Range = 4,

    /// <summary><c>starts_with</c>.</summary>
    Prefix = 8,
}

internal sealed record ListOperator(string Name, bool TakesMany, string Means, Func<string, object[], Condition> Condition)
{
    private static readonly (Operators Flag, ListOperator Operator)[] all =
    [
        (Operators.Equal, Compare("eq", "=", "is this value")),
        (Operators.In, new("in", TakesMany: true, "is one of these values, with commas between", (column, values) => Data.Condition.Among(column, values))),
        (Operators.Range, Compare("gte", ">=", "is this value or above")),
        (Operators.Range, Compare("gt", ">", "is above this value")),
        (Operators.Range, Compare("lte", "<=", "is this value or below")),
        (Operators.Range, Compare("lt", "<", "is below this value")),
        (Operators.Prefix, new("starts_with", TakesMany: false, "begins with this text", (column, values) =>
            Data.Condition.Written($"{column} LIKE {{0}} ESCAPE '!'", $"{column} LIKE {{0}} ESCAPE '!'", Like.StartsWith((string)values[0])))),
    ];

    public static IEnumerable<ListOperator> Of(Operators operators) => all.Where(o => operators.HasFlag(o.Flag)).Select(o => o.Operator);

    private static ListOperator Compare(string name, string sign, string means) => new(name, TakesMany: false, means, (column, values) =>
        Data.Condition.Written($"{column} {sign} {{0}}", $"{column} {sign} {{0}}", values[0]));
}
