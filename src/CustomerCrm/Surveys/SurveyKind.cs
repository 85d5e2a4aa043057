namespace CustomerCrm.Surveys;

/// <summary>What a survey measures. The numbers are stored.</summary>
public enum SurveyKind
{
    /// <summary>Customer satisfaction, 1 to 5: the share of those who say 4 or 5.</summary>
    Csat = 1,

    /// <summary>Net Promoter Score, 0 to 10: the share of 9 and 10 less that of 0 to 6 (F. F. Reichheld 2003).</summary>
    Nps = 2,

    /// <summary>Customer effort, 1 to 7 for "made it easy" (CES 2.0): the mean.</summary>
    Ces = 3,

    /// <summary>Questions of your own; the mean of the one that is the score, if one is.</summary>
    Free = 4,
}

/// <summary>Whether a survey asks by itself. The numbers are stored.</summary>
public enum SurveyStatus
{
    /// <summary>It is being written: it asks nobody.</summary>
    Draft = 1,

    Active = 2,

    /// <summary>It asks nobody for now; what was sent can still be answered.</summary>
    Paused = 3,
}

/// <summary>How a customer is asked. The numbers are stored.</summary>
public enum SurveyChannel
{
    Email = 1,
    Sms = 2,

    /// <summary>The API answers a link, and you bring it to the customer.</summary>
    Link = 3,

    /// <summary>In the conversation that it is about, or by your own chat through the API.</summary>
    Chat = 4,
}

/// <summary>Where a score stands. The numbers are stored.</summary>
public enum ScoreStanding
{
    /// <summary>NPS 0 to 6 (a detractor), CSAT 1 and 2, CES 1 to 3.</summary>
    Low = 1,

    Middle = 2,

    /// <summary>NPS 9 and 10 (a promoter), CSAT 4 and 5, CES 5 to 7.</summary>
    High = 3,
}
