using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.People;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Me;

/// <summary>That whoever holds the session also knows the password, before what a thief of a session would do first.</summary>
public sealed class MyPassword(Caller caller, PeopleStore people, Passwords passwords, SignInLimits limits)
{
    /// <returns>The person who is signed in.</returns>
    /// <exception cref="ApiProblem">401: it is not their password. 429: it was tried too often.</exception>
    public async Task<Person> RequireAsync(string password, HttpContext http, CancellationToken ct)
    {
        var person = await people.GetAsync(caller.User!.PersonId, ct);
        var address = ClientAddress.Of(http);
        await limits.TryPasswordAsync(person.EmailKey, address, ct);
        if (await passwords.CheckAsync(person.PasswordHash, password, ct) == PasswordCheck.Wrong) throw SignInRefusals.Credentials();
        limits.PasswordWasRight(person.EmailKey, address);
        return person;
    }
}
