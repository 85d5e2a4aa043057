using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.People;
using CustomerCrm.Sessions;
using CustomerCrm.Users;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerCrm.Tests;

/// <summary>A person in a test's tenant, and a client that holds their access token.</summary>
internal sealed class TestUser(string email, Guid userId, IssuedTokens tokens)
{
    public const string Password = "three blind camels in Linz";

    private static readonly Lazy<Task<string>> passwordHash = new(() => TestApi.Services.GetRequiredService<Passwords>().HashAsync(Password, default));

    private readonly Lazy<HttpClient> http = new(() => TestTenant.ClientOf(tokens.Access));

    public string Email => email;
    public string Id => new Id<User>(userId).ToString();
    public string SessionId => new Id<Session>(tokens.SessionId).ToString();
    public IssuedTokens Tokens => tokens;
    public HttpClient Http => http.Value;

    /// <summary>Of <see cref="Password"/>, made once.</summary>
    public static Task<string> PasswordHashAsync() => passwordHash.Value;
}
