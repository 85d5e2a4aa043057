namespace CustomerCrm.Platform.People;

/// <summary>What a person is in a tenant. Each can do what those after it can, and more. The numbers are stored.</summary>
public enum Role
{
    /// <summary>Everything, keys and settings included.</summary>
    Owner = 1,

    /// <summary>Runs the business: people, segments and insights, but neither keys nor settings.</summary>
    Manager = 2,

    /// <summary>Works with customers.</summary>
    Agent = 3,

    /// <summary>Reads, and changes nothing.</summary>
    Analyst = 4,
}
