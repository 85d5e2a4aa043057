using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Data.Secrets;

namespace CustomerCrm.Platform.People;

/// <summary>A code of the person's phone, or a recovery code in its stead. Each is taken once. All but reading joins the directory's transaction that is open.</summary>
public sealed class SecondFactor
{
    private readonly TenantDb db;
    private readonly SecretBox box;
    private readonly TimeProvider clock;

    internal SecondFactor(TenantDb db, SecretBox box, TimeProvider clock) => (this.db, this.box, this.clock) = (db, box, clock);

    /// <summary>Takes the code, so that it is worth nothing from the commit on.</summary>
    /// <returns>False: it is wrong, or was taken before.</returns>
    public async Task<bool> TakeAsync(Person person, string code, CancellationToken ct)
    {
        if (person.TotpSecret is null) return false;
        if (RecoveryCodes.TryHash(code) is { } hash)
            return await db.InDirectory.ExecuteAsync(UseRecoveryCode, new { person.PersonId, Hash = hash, Now = clock.GetUtcNow() }, ct) == 1;
        return await TakeAsync(person, person.TotpSecret, code, ct);
    }

    /// <summary>A new secret, which counts from its first code on.</summary>
    public async Task<byte[]> StartAsync(Person person, CancellationToken ct)
    {
        var secret = Totp.NewSecret();
        await db.InDirectory.ExecuteAsync(KeepNew, new { person.PersonId, NewTotpSecret = box.Seal(Convert.ToBase64String(secret), person.SealingPlace) }, ct);
        return secret;
    }

    /// <summary>The first code of the new secret: from the commit on it is asked for.</summary>
    /// <returns>The recovery codes, for the only time; null if the code is wrong or nothing was started.</returns>
    public async Task<IReadOnlyList<string>?> ConfirmAsync(Person person, string code, CancellationToken ct)
    {
        if (person.NewTotpSecret is null || !await TakeAsync(person, person.NewTotpSecret, code, ct)) return null;
        await db.InDirectory.ExecuteAsync(UseNew, new { person.PersonId }, ct);
        return await RenewRecoveryCodesAsync(person, ct);
    }

    /// <summary>Ten new ones; those of before are worth nothing.</summary>
    public async Task<IReadOnlyList<string>> RenewRecoveryCodesAsync(Person person, CancellationToken ct)
    {
        var codes = RecoveryCodes.New();
        await db.InDirectory.ExecuteAsync(DeleteRecoveryCodes, new { person.PersonId }, ct);
        foreach (var code in codes) await db.InDirectory.ExecuteAsync(InsertRecoveryCode, new { person.PersonId, Hash = RecoveryCodes.TryHash(code) }, ct);
        return codes;
    }

    public async Task RemoveAsync(Person person, CancellationToken ct)
    {
        await db.InDirectory.ExecuteAsync(Remove, new { person.PersonId }, ct);
        await db.InDirectory.ExecuteAsync(DeleteRecoveryCodes, new { person.PersonId }, ct);
    }

    private async Task<bool> TakeAsync(Person person, byte[] sealedSecret, string code, CancellationToken ct)
    {
        var secret = Convert.FromBase64String(box.Open(sealedSecret, person.SealingPlace));
        return Totp.StepOf(secret, code, clock.GetUtcNow()) is { } step
            && await db.InDirectory.ExecuteAsync(UseStep, new { person.PersonId, Step = step }, ct) == 1;
    }

    // Two at once with the same code: the second finds the step taken.
    private static readonly SystemSql UseStep = SystemSql.Of("""
        UPDATE People
        SET TotpStep = @Step
        WHERE PersonId = @PersonId
          AND TotpStep < @Step
        """);

    private static readonly SystemSql UseRecoveryCode = SystemSql.Of("""
        UPDATE RecoveryCodes
        SET UsedAt = @Now
        WHERE PersonId = @PersonId
          AND Hash = @Hash
          AND UsedAt IS NULL
        """);

    private static readonly SystemSql KeepNew = SystemSql.Of("UPDATE People SET NewTotpSecret = @NewTotpSecret WHERE PersonId = @PersonId");

    private static readonly SystemSql UseNew = SystemSql.Of("""
        UPDATE People
        SET TotpSecret = NewTotpSecret, NewTotpSecret = NULL
        WHERE PersonId = @PersonId
        """);

    private static readonly SystemSql Remove = SystemSql.Of("""
        UPDATE People
        SET TotpSecret = NULL, NewTotpSecret = NULL
        WHERE PersonId = @PersonId
        """);

    private static readonly SystemSql DeleteRecoveryCodes = SystemSql.Of("DELETE FROM RecoveryCodes WHERE PersonId = @PersonId");

    private static readonly SystemSql InsertRecoveryCode = SystemSql.Of("INSERT INTO RecoveryCodes (PersonId, Hash) VALUES (@PersonId, @Hash)");
}
