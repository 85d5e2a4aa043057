using CustomerCrm.Platform.Data;

namespace CustomerCrm.Help;

/// <summary>The kind of id that a question in the contact form has.</summary>
public sealed record HelpContact : IHasId
{
    public static string Prefix => "hq";
}

/// <summary>How far a question has come. The numbers are stored.</summary>
internal enum ContactState
{
    /// <summary>Articles were suggested, and nothing has been heard since.</summary>
    Asked = 1,

    /// <summary>The visitor said that an article answers it.</summary>
    Answered = 2,

    /// <summary>It was sent.</summary>
    Sent = 3,
}
