using System.Diagnostics.CodeAnalysis;

namespace CustomerCrm.Customers.Identities.Forms;

/// <summary>What a text turned out to be, or why it is refused (a stable code, and a sentence for people).</summary>
public readonly record struct Reading<T>(T? Value, string Code, string Detail) where T : class
{
    public static Reading<T> Of(T value) => new(value, "", "");
    public static Reading<T> Refused(string code, string detail) => new(null, code, detail);

    [MemberNotNullWhen(true, nameof(Value))]
    public bool IsValid => Value is not null;
}
