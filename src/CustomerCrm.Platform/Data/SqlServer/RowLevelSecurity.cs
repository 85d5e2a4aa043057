using System.Data.Common;
using Dapper;

namespace CustomerCrm.Platform.Data.SqlServer;

/// <summary>
/// SQL Server's own wall between tenants, by setting: each connection is told for whom it works, and one that was told nothing
/// sees nothing. The wall itself is <c>deploy/sqlserver/row-level-security.sql</c>, which is a part of the program.
/// </summary>
internal static class RowLevelSecurity
{
    public static string Script { get; } = ReadScript();

    /// <summary>
    /// Told anew for every use of a connection: what the driver's pool hands out has forgotten it. A connection that reads is told for
    /// good and cannot be talked round; one that writes may cross over and back within its transaction, where tenants are made.
    /// </summary>
    public static Task TellAsync(DbConnection connection, DbTransaction? transaction, int tenantId, bool isForGood, CancellationToken ct) =>
        connection.ExecuteAsync(new CommandDefinition(Tell.SqlServer, new { Whose = tenantId, IsForGood = isForGood }, transaction, cancellationToken: ct));

    /// <summary>Puts every tenant's table behind the wall, if one is not.</summary>
    /// <exception cref="InvalidOperationException">Some still are not: the program must not start.</exception>
    public static async Task RaiseAsync(DbConnection connection, CancellationToken ct)
    {
        if ((await OpenAsync(connection, ct)).Count == 0) return;
        await connection.ExecuteAsync(new CommandDefinition(Script, commandTimeout: 3600, cancellationToken: ct));
        if (await OpenAsync(connection, ct) is [var open, ..])
            throw new InvalidOperationException($"Row-level security is asked for, but {open} is not behind it.");
    }

    private static async Task<IReadOnlyList<string>> OpenAsync(DbConnection connection, CancellationToken ct) =>
        (await connection.QueryAsync<string>(new CommandDefinition(TablesInTheOpen.SqlServer, cancellationToken: ct))).AsList();

    private static string ReadScript()
    {
        using var reader = new StreamReader(typeof(RowLevelSecurity).Assembly.GetManifestResourceStream("row-level-security.sql")!);
        return reader.ReadToEnd();
    }

    private static readonly SystemSql Tell = SystemSql.Of(
        sqlServer: "EXEC sys.sp_set_session_context @key = N'tenant_id', @value = @Whose, @read_only = @IsForGood",
        sqlite: "SELECT @Whose, @IsForGood");

    // A filter and four blocks each. Whoever may not see the policy finds all tables in the open.
    private static readonly SystemSql TablesInTheOpen = SystemSql.Of(
        sqlServer: """
            SELECT t.name
            FROM sys.tables t
            JOIN sys.columns c ON c.object_id = t.object_id AND c.name = N'TenantId'
            WHERE 5 > (SELECT COUNT(*)
                       FROM sys.security_predicates p
                       JOIN sys.security_policies s ON s.object_id = p.object_id
                       WHERE p.target_object_id = t.object_id AND s.is_enabled = 1)
            ORDER BY t.name
            """,
        sqlite: "SELECT name FROM sqlite_master WHERE 1 = 0");
}
