using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Validation;

namespace CustomerCrm.Track;

/// <summary>Properties are arbitrary, but bounded: what one event may hold, a million must be able to.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class EventPropertiesAttribute() : ValidationAttribute($"At most {MostMembers} members with names of 1 to {LongestName} characters, and {MostBytes} bytes as JSON."), ICoded
{
    internal const int MostMembers = 100, LongestName = 100, MostBytes = 8192;

    public string Code => "properties_too_large";

    public override bool IsValid(object? value) => value is not IReadOnlyDictionary<string, JsonElement> properties
        || (properties.Count <= MostMembers
            && properties.Keys.All(name => name.Length is >= 1 and <= LongestName)
            && JsonSerializer.SerializeToUtf8Bytes(properties, StrictJson.Options).Length <= MostBytes);
}
