using System.Data;
using System.Globalization;
using System.Reflection;
using Dapper;

namespace CustomerCrm.Platform.Data;

/// <summary>Teaches Dapper ids, times (UTC in both engines) and days.</summary>
internal static class DapperTypes
{
    public static void Register(params Assembly[] assemblies)
    {
        SqlMapper.RemoveTypeMap(typeof(DateTimeOffset));
        SqlMapper.RemoveTypeMap(typeof(DateTimeOffset?));
        SqlMapper.RemoveTypeMap(typeof(DateOnly));
        SqlMapper.RemoveTypeMap(typeof(DateOnly?));
        SqlMapper.AddTypeHandler(new UtcTimeHandler());
        SqlMapper.AddTypeHandler(new DayHandler());
        foreach (var kind in assemblies.SelectMany(a => a.GetTypes()).Where(t => t.IsAssignableTo(typeof(IHasId)) && !t.IsInterface && !t.IsAbstract))
            ((IRegister)Activator.CreateInstance(typeof(IdHandler<>).MakeGenericType(kind))!).Register();
    }

    private interface IRegister { void Register(); }

    private sealed class IdHandler<T> : SqlMapper.TypeHandler<Id<T>>, IRegister where T : IHasId
    {
        public void Register() => SqlMapper.AddTypeHandler(this);

        public override void SetValue(IDbDataParameter parameter, Id<T> value)
        {
            parameter.DbType = DbType.Binary;
            parameter.Value = value.ToBytes();
        }

        public override Id<T> Parse(object value) => Id<T>.FromBytes((byte[])value);
    }

    private sealed class UtcTimeHandler : SqlMapper.TypeHandler<DateTimeOffset>
    {
        public override void SetValue(IDbDataParameter parameter, DateTimeOffset value)
        {
            parameter.DbType = DbType.DateTime2;
            parameter.Value = value.UtcDateTime;
        }

        public override DateTimeOffset Parse(object value) => value is DateTime time
            ? new DateTimeOffset(time, TimeSpan.Zero)
            : TextTime.Parse((string)value);
    }

    private sealed class DayHandler : SqlMapper.TypeHandler<DateOnly>
    {
        public override void SetValue(IDbDataParameter parameter, DateOnly value)
        {
            parameter.DbType = DbType.Date;
            parameter.Value = value;
        }

        public override DateOnly Parse(object value) => value is DateTime time
            ? DateOnly.FromDateTime(time)
            : DateOnly.Parse((string)value, CultureInfo.InvariantCulture);
    }
}
