using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.Linq.Expressions;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CustomerCrm.Platform.Data.Sqlite;

/// <summary>Binds the members of an object to the parameters of a statement, each in the form in which the driver would write it.</summary>
internal static class SqliteBinding
{
    private const int ShortText = 256;

    private static readonly ConcurrentDictionary<(string Text, Type Type), Action<nint, object>?> known = new();
    private static readonly Dictionary<Type, System.Reflection.MethodInfo> forms = typeof(SqliteBinding)
        .GetMethods(System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)
        .Where(method => method.Name == nameof(Bind))
        .ToDictionary(method => method.GetParameters()[2].ParameterType);

    /// <param name="text">The statement.</param>
    /// <param name="names">Its parameters, in their places from 1 on.</param>
    /// <param name="except">The one that is bound elsewhere.</param>
    /// <param name="type">Whose members are the values.</param>
    /// <returns>Null where a member is missing, or of a kind that is not bound here.</returns>
    public static Action<nint, object>? For(string text, IReadOnlyList<string> names, string except, Type type) =>
        known.GetOrAdd((text, type), _ => Compile(names, except, type));

    private static Action<nint, object>? Compile(IReadOnlyList<string> names, string except, Type type)
    {
        var (statement, args, typed) = (Expression.Parameter(typeof(nint)), Expression.Parameter(typeof(object)), Expression.Variable(type));
        List<Expression> steps = [Expression.Assign(typed, Expression.Convert(args, type))];
        for (var i = 0; i < names.Count; i++)
        {
            if (names[i] == except) continue;
            if (type.GetProperty(names[i]) is not { } member || BindingOf(statement, Expression.Constant(i + 1), Expression.Property(typed, member)) is not { } step) return null;
            steps.Add(step);
        }
        return Expression.Lambda<Action<nint, object>>(Expression.Block([typed], steps), statement, args).Compile();
    }

    private static Expression? BindingOf(Expression statement, Expression place, Expression value)
    {
        if (Nullable.GetUnderlyingType(value.Type) is not null)
            return BindingOf(statement, place, Expression.Property(value, "Value")) is not { } whereThere ? null : Expression.IfThenElse(
                Expression.Property(value, "HasValue"), whereThere, Expression.Call(typeof(SqliteBinding), nameof(BindNull), null, statement, place));
        if (value.Type.IsEnum || value.Type == typeof(int)) value = Expression.Convert(value, typeof(long));
        if (value.Type.IsAssignableTo(typeof(IIdValue))) value = Expression.Call(value, nameof(IIdValue.ToBytes), null);
        return forms.TryGetValue(value.Type, out var form) ? Expression.Call(form, statement, place, value) : null;
    }

    private static void BindNull(nint statement, int place) => Check(SqliteCalls.BindNull(statement, place));

    private static void Bind(nint statement, int place, long value) => Check(SqliteCalls.BindInt64(statement, place, value));

    private static void Bind(nint statement, int place, bool value) => Check(SqliteCalls.BindInt64(statement, place, value ? 1 : 0));

    private static void Bind(nint statement, int place, double value) => Check(SqliteCalls.BindDouble(statement, place, value));

    private static void Bind(nint statement, int place, byte[]? value) =>
        Check(value is null ? SqliteCalls.BindNull(statement, place) : SqliteCalls.BindBlob(statement, place, value));

    private static void Bind(nint statement, int place, string? value)
    {
        if (value is null)
        {
            BindNull(statement, place);
            return;
        }
        var rented = value.Length > ShortText ? ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(value.Length)) : null;
        Span<byte> written = rented ?? stackalloc byte[ShortText * 3];
        Check(SqliteCalls.BindText(statement, place, written[..Encoding.UTF8.GetBytes(value, written)]));
        if (rented is not null) ArrayPool<byte>.Shared.Return(rented);
    }

    private static void Bind(nint statement, int place, DateTimeOffset value) => Bind(statement, place, value.UtcDateTime);

    // No zeros at the end, and no point where there is no fraction.
    private static void Bind(nint statement, int place, DateTime value)
    {
        Span<byte> written = stackalloc byte[TextTime.Longest];
        Check(SqliteCalls.BindText(statement, place, written[..TextTime.Write(value, written)]));
    }

    private static void Bind(nint statement, int place, DateOnly value)
    {
        Span<byte> written = stackalloc byte[10];
        value.TryFormat(written, out var length, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        Check(SqliteCalls.BindText(statement, place, written[..length]));
    }

    private static void Check(int code)
    {
        if (code != raw.SQLITE_OK) throw new SqliteException("A value cannot be bound.", code);
    }
}
