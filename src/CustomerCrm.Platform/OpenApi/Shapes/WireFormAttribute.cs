namespace CustomerCrm.Platform.OpenApi.Shapes;

/// <summary>For a type or member with a JSON converter of its own: the type that looks like it on the wire.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Property)]
public sealed class WireFormAttribute(Type type) : Attribute
{
    public Type Type { get; } = type;
}
