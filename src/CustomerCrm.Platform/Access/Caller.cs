using CustomerCrm.Platform.Access.Keys;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Platform.Access;

/// <summary>Who makes this request: a key of a tenant, a person who is signed in, the operator, or nobody in particular.</summary>
public sealed class Caller
{
    private const string KeyPrefix = "key", UserPrefix = "usr";

    private KeyGrant? grant;
    private Actor? acting;

    /// <summary>No key was sent, and the route does not ask for one.</summary>
    public bool IsAnonymous => grant is null;

    /// <summary>The key is the operator's, who is above all tenants and may only create them.</summary>
    public bool IsOperator => grant?.Kind == ApiKeyKind.Operator;

    /// <summary>The key sees the tenant's test data and nothing of its live data.</summary>
    public bool IsTest => grant is { Kind: ApiKeyKind.Test or ApiKeyKind.PublishableTest } or { IsTest: true };

    /// <summary>The key stands in a page: whoever looks at the page can call like this.</summary>
    public bool IsPublishable => grant is { IsPublishable: true };

    /// <summary>The person who is signed in; null where a program calls with a key.</summary>
    public SignedInUser? User => grant?.User;

    /// <summary>Of a person, the session's id; of who is invited, the invitation's.</summary>
    /// <exception cref="InvalidOperationException">No key was sent.</exception>
    public Guid KeyId => Grant.KeyId;

    public string KeyName => Grant.Name;

    public ScopeSet Scopes => grant?.Scopes ?? ScopeSet.None;

    /// <summary>Whom the history names for what is done now.</summary>
    public Actor Actor => acting ?? grant switch
    {
        null => Actor.Program,
        { User: { } user } person => new Actor(ActorKind.User, Base32.Write(UserPrefix, user.UserId), person.Name),
        { Kind: ApiKeyKind.Invitation } => Actor.Program,
        var key => new Actor(ActorKind.ApiKey, Base32.Write(KeyPrefix, key.KeyId), key.Name),
    };

    /// <summary>Work that no request does, or that a request does for somebody else: a job, a file being read in.</summary>
    public void ActAs(Actor actor) => acting = actor;

    internal void Set(KeyGrant granted) => grant = granted;

    private KeyGrant Grant => grant ?? throw new InvalidOperationException("This request has no API key.");
}
