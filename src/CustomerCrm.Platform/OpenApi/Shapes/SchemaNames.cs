namespace CustomerCrm.Platform.OpenApi.Shapes;

/// <summary>
/// What a type is called in the contract: itself (<c>Customer</c>), behind its use case (<c>OpenTicket.Request</c> is
/// <c>OpenTicketRequest</c>), or behind what it holds (<c>Page&lt;Customer&gt;</c> is <c>CustomerPage</c>).
/// What is only sent has another form from what is shown, and ends in <c>Input</c> unless it says <c>Request</c>.
/// </summary>
internal sealed class SchemaNames
{
    private readonly Dictionary<string, Type> taken = [];

    /// <exception cref="InvalidOperationException">Two types would have one name.</exception>
    public string Of(Type type, Direction direction)
    {
        var name = NameOf(type);
        if (direction == Direction.Request && !type.IsEnum && !name.EndsWith("Request", StringComparison.Ordinal)) name += "Input";
        if (taken.TryAdd(name, type) || taken[name] == type) return name;
        throw new InvalidOperationException($"{type} and {taken[name]} would both be called {name} in the contract: rename one.");
    }

    private static string NameOf(Type type)
    {
        if (type == typeof(Problems.ProblemDocument)) return "Problem";
        var own = type.Name.Split('`')[0];
        var outer = type.DeclaringType is { } declaring ? NameOf(declaring) : "";
        return string.Concat(type.GetGenericArguments().Select(NameOf)) + outer + own;
    }
}

/// <summary>Whether a type is read or written: what is required and what may be left out differ.</summary>
internal enum Direction
{
    Request,
    Response,
}
