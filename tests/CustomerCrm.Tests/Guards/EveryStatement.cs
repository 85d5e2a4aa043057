using System.Reflection;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Lists;

namespace CustomerCrm.Tests.Guards;

/// <summary>Every SQL statement in the product, found by reflection: a new one is guarded as soon as it is written.</summary>
internal static class EveryStatement
{
    public static IEnumerable<TestCaseData> All() => Cases(Fields<Sql>()).Concat(Held());
    public static IEnumerable<TestCaseData> Tenant() => Cases(Fields<TenantSql>()).Concat(Held());

    public static IEnumerable<(FieldInfo Field, T Value)> Fields<T>() =>
        from assembly in new[] { typeof(Program).Assembly, typeof(Sql).Assembly }
        from type in assembly.GetTypes()
        where !type.ContainsGenericParameters
        from field in type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
        where typeof(T).IsAssignableFrom(field.FieldType)
        select (field, (T)field.GetValue(null)!);

    /// <summary>Statements that are made together, from names.</summary>
    public static IEnumerable<TestCaseData> Held() =>
        from holder in Fields<IHoldsStatements>()
        from statement in holder.Value.Statements
        select new TestCaseData(statement.Sql).SetArgDisplayNames($"{holder.Field.DeclaringType!.Name}.{holder.Field.Name} {statement.Name}");

    /// <summary>Every list, with the statement it makes of each of its filters and orders.</summary>
    public static IEnumerable<TestCaseData> OfLists() =>
        from list in Fields<IListDefinition>()
        from statement in list.Value.EveryStatement()
        select new TestCaseData(statement.Sql).SetArgDisplayNames($"{list.Field.DeclaringType!.Name}.{list.Field.Name} {statement.Name}");

    private static IEnumerable<TestCaseData> Cases<T>(IEnumerable<(FieldInfo Field, T Value)> fields) where T : Sql =>
        fields.Select(f => new TestCaseData(f.Value).SetArgDisplayNames($"{f.Field.DeclaringType!.Name}.{f.Field.Name}"));
}
