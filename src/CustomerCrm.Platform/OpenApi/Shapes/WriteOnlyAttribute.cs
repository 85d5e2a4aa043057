namespace CustomerCrm.Platform.OpenApi.Shapes;

/// <summary>A secret: it can be sent and is never shown. The contract says <c>writeOnly</c>.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class WriteOnlyAttribute : Attribute;
