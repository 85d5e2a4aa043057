namespace CustomerCrm.Platform.Access;

/// <summary>Who changed something: what the history says beside what was changed.</summary>
/// <param name="Kind">What kind of actor.</param>
/// <param name="Id">Its id as the API writes it; null for the program's own work.</param>
/// <param name="Name">As it was called then. At most 200 characters.</param>
public sealed record Actor(ActorKind Kind, string? Id, string Name)
{
    /// <summary>The program itself, where neither a request nor a job is known.</summary>
    public static Actor Program { get; } = new(ActorKind.Job, null, "program");
}

/// <summary>The numbers are stored.</summary>
public enum ActorKind
{
    /// <summary>An integration, by its key.</summary>
    ApiKey = 1,

    /// <summary>A person who is signed in.</summary>
    User = 2,

    /// <summary>Work behind the answers: a job, or a reader of events.</summary>
    Job = 3,

    /// <summary>A file that was read in.</summary>
    Import = 4,

    /// <summary>The customer, on a page that a signed link opened.</summary>
    Customer = 5,

    /// <summary>A system of somebody else that told it: an inbound hook, or a storefront.</summary>
    Hook = 6,

    /// <summary>An automation rule.</summary>
    Rule = 7,
}
