using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Data.Secrets;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Platform.People;

/// <summary>
/// How often a password may be tried: by one address, by one address for one person, and for one person by addresses that
/// never signed them in. The last is why nobody can be locked out: whoever exhausts it only shuts out strangers, and the person
/// gets in from where they did before, or anywhere after setting a new password. An unknown person is limited alike.
/// </summary>
public sealed class SignInLimits
{
    private readonly Databases databases;
    private readonly SecretBox box;
    private readonly Buckets ofAddress, ofPair, ofPerson, ofSecondFactor, lettersTo, lettersFrom;

    internal SignInLimits(Databases databases, SecretBox box, TimeProvider clock)
    {
        (this.databases, this.box) = (databases, box);
        ofAddress = new Buckets(30, TimeSpan.FromSeconds(4), clock);
        ofPair = new Buckets(10, TimeSpan.FromSeconds(30), clock);
        ofPerson = new Buckets(50, TimeSpan.FromSeconds(10), clock);
        ofSecondFactor = new Buckets(10, TimeSpan.FromMinutes(5), clock);
        lettersTo = new Buckets(3, TimeSpan.FromMinutes(20), clock);
        lettersFrom = new Buckets(20, TimeSpan.FromMinutes(1), clock);
    }

    /// <summary>Before a password is looked at.</summary>
    /// <param name="emailKey">Whose it is said to be.</param>
    /// <param name="address">Who tries.</param>
    /// <exception cref="ApiProblem">429: too often. The password was not looked at.</exception>
    public async Task TryPasswordAsync(string emailKey, string address, CancellationToken ct)
    {
        Refuse(ofAddress.TryTake(address));
        Refuse(ofPair.TryTake(Pair(emailKey, address)));
        if (ofPerson.TryTake(emailKey) is { } wait && !await IsFamiliarAsync(emailKey, address, ct)) Refuse(wait);
    }

    /// <summary>It was right: those who sign in often do not run into the limit.</summary>
    public void PasswordWasRight(string emailKey, string address)
    {
        ofAddress.GiveBack(address);
        ofPair.GiveBack(Pair(emailKey, address));
        ofPerson.GiveBack(emailKey);
    }

    /// <summary>Behind a right password: six digits would be guessed too soon at the pace of passwords.</summary>
    /// <exception cref="ApiProblem">429: too often.</exception>
    public async Task TrySecondFactorAsync(string emailKey, string address, CancellationToken ct)
    {
        Refuse(ofPair.TryTake(Pair(emailKey, address)));
        if (ofSecondFactor.TryTake(emailKey) is { } wait && !await IsFamiliarAsync(emailKey, address, ct)) Refuse(wait);
    }

    public void SecondFactorWasRight(string emailKey, string address)
    {
        ofPair.GiveBack(Pair(emailKey, address));
        ofSecondFactor.GiveBack(emailKey);
    }

    /// <summary>
    /// Before a letter is written for whoever has no credential: nobody's mailbox is to be filled through us. Each kind is counted by itself,
    /// else who asks for letters of one kind would keep somebody from the other: a new password is the way out of every lock.
    /// </summary>
    /// <param name="emailKey">Whose mailbox.</param>
    /// <param name="address">Who asks.</param>
    /// <param name="kind">What the letter is for.</param>
    /// <exception cref="ApiProblem">429: too many letters of the kind to this mailbox, or asked for from this address.</exception>
    public void TryLetter(string emailKey, string address, LetterKind kind)
    {
        Refuse(lettersFrom.TryTake(address));
        Refuse(lettersTo.TryTake($"{kind} {emailKey}"));
    }

    /// <summary>What is kept of the address of a session, by which it is familiar later.</summary>
    public byte[] FingerprintOf(string address) => box.Fingerprint($"address:{address}");

    private async Task<bool> IsFamiliarAsync(string emailKey, string address, CancellationToken ct)
    {
        var from = FingerprintOf(address);
        if (await databases.First.System.QueryAsync<Reset>(LastReset, new { EmailKey = emailKey }, ct) is not [var person]) return false;
        if (person.ResetFromHash is { } reset && reset.AsSpan().SequenceEqual(from)) return true;
        return (await databases.QueryEachAsync<int>(FamiliarIn, new { person.PersonId, AddressHash = from }, tenantId => tenantId, ct)).Count > 0;
    }

    private static void Refuse(TimeSpan? wait)
    {
        if (wait is { } time) throw ApiProblem.QuotaExceeded("sign_in", TimeSpan.FromSeconds(Math.Ceiling(time.TotalSeconds)));
    }

    private static string Pair(string emailKey, string address) => $"{address} {emailKey}";

    private sealed record Reset
    {
        public required byte[] PersonId { get; init; }
        public required byte[]? ResetFromHash { get; init; }
    }

    private static readonly SystemSql LastReset = SystemSql.Of("SELECT PersonId, ResetFromHash FROM People WHERE EmailKey = @EmailKey");

    private static readonly SystemSql FamiliarIn = SystemSql.Of("SELECT DISTINCT TenantId FROM Sessions WHERE PersonId = @PersonId AND AddressHash = @AddressHash");
}

/// <summary>Letters that anyone may ask for.</summary>
public enum LetterKind
{
    Signup,
    PasswordReset,
}
