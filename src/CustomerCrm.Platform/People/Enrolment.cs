using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Platform.People;

/// <summary>
/// Whoever holds a token that was mailed to an address is its owner. If there is a person with that address they show their
/// password, so that a letter alone never opens an account that has a second factor; else they become one.
/// </summary>
public sealed class Enrolment
{
    private readonly PeopleStore people;
    private readonly Passwords passwords;
    private readonly SignInLimits limits;

    internal Enrolment(PeopleStore people, Passwords passwords, SignInLimits limits) => (this.people, this.passwords, this.limits) = (people, passwords, limits);

    /// <summary>What is slow, outside any transaction.</summary>
    /// <exception cref="ApiProblem">401: not the password of the person who has this address. 422: a new person has no name. 429: tried too often.</exception>
    public async Task<Enrolled> ProveAsync(string email, string emailKey, string? name, string password, string address, CancellationToken ct)
    {
        await limits.TryPasswordAsync(emailKey, address, ct);
        if (await people.FindAsync(emailKey, ct) is { } person)
        {
            if (await passwords.CheckAsync(person.PasswordHash, password, ct) == PasswordCheck.Wrong) throw SignInRefusals.Credentials();
            limits.PasswordWasRight(emailKey, address);
            return new Enrolled(email, emailKey, person.Name, person, PasswordHash: null);
        }
        if (string.IsNullOrWhiteSpace(name)) throw ApiProblem.Invalid("/name", "required", "A new person has a name.");
        return new Enrolled(email, emailKey, name, Known: null, await passwords.HashAsync(password, ct));
    }

    /// <summary>The person, made now if need be; in the directory's transaction if it is open, else at once.</summary>
    public async Task<Person> EnterAsync(Enrolled enrolled, CancellationToken ct) =>
        enrolled.Known ?? await people.AddAsync(enrolled.Email, enrolled.EmailKey, enrolled.Name, enrolled.PasswordHash!, ct);
}

/// <summary>Who proved what: a known person their password, a new one that they are to be made.</summary>
public sealed record Enrolled(string Email, string EmailKey, string Name, Person? Known, string? PasswordHash);
