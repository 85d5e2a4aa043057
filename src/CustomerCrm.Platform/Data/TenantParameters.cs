using System.Collections.Concurrent;
using System.Data;
using Dapper;

namespace CustomerCrm.Platform.Data;

/// <summary>
/// A statement's parameters: the feature's own, those of its conditions, and the tenant. Dapper's general way
/// keeps a dictionary of them for whoever asks later; nobody does, and a write has a dozen statements.
/// </summary>
internal sealed class TenantParameters(object? args, IReadOnlyDictionary<string, object?> values, int? take, int tenantId) : SqlMapper.IDynamicParameters
{
    private static readonly ConcurrentDictionary<SqlMapper.Identity, Action<IDbCommand, object>> writers = new();

    public void AddParameters(IDbCommand command, SqlMapper.Identity identity)
    {
        if (args is SqlMapper.IDynamicParameters typed) typed.AddParameters(command, identity);
        else if (args is not null) writers.GetOrAdd(identity.ForDynamicParameters(args.GetType()), Writer)(command, args);
        if (values.Count > 0) ((SqlMapper.IDynamicParameters)new DynamicParameters(values)).AddParameters(command, identity);
        if (take is not null) Add(command, "Take", DbType.Int32, take.Value);
        Add(command, "TenantId", DbType.Int32, tenantId);
    }

    private static Action<IDbCommand, object> Writer(SqlMapper.Identity identity) =>
        SqlMapper.CreateParamInfoGenerator(identity, checkForDuplicates: false, removeUnused: true);

    private static void Add(IDbCommand command, string name, DbType type, object value)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.DbType, parameter.Value) = (name, type, value);
        var at = command.Parameters.IndexOf(parameter.ParameterName); // an argument of this name does not pass for it
        if (at < 0) command.Parameters.Add(parameter);
        else command.Parameters[at] = parameter;
    }
}
