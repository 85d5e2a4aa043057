namespace CustomerCrm.Help.Pages;

/// <summary>What the help pages say in one language. {0} and {1} stand for what is named.</summary>
internal sealed record HelpTexts
{
    /// <summary>For <c>lang</c>, BCP 47.</summary>
    public required string Language { get; init; }

    public required string Help { get; init; }
    public required string Question { get; init; }
    public required string Search { get; init; }
    public required string SearchLabel { get; init; }
    /// <summary>0: how many, 1: what was searched for.</summary>
    public required string Found { get; init; }
    /// <summary>0: what was searched for.</summary>
    public required string NothingFound { get; init; }
    public required string TryOtherWords { get; init; }
    public required string SearchHint { get; init; }
    public required string Topics { get; init; }
    public required string Other { get; init; }
    public required string Popular { get; init; }
    public required string NothingYet { get; init; }
    public required string Breadcrumb { get; init; }
    public required string Languages { get; init; }
    public required string OtherLanguage { get; init; }
    /// <summary>0: a day.</summary>
    public required string Updated { get; init; }
    public required string WasHelpful { get; init; }
    public required string Yes { get; init; }
    public required string No { get; init; }
    public required string Remark { get; init; }
    public required string Thanks { get; init; }
    public required string Back { get; init; }
    public required string Contact { get; init; }
    /// <summary>0: the tenant.</summary>
    public required string ContactIntro { get; init; }
    public required string Email { get; init; }
    public required string Name { get; init; }
    public required string Subject { get; init; }
    public required string Message { get; init; }
    public required string Continue { get; init; }
    public required string MaybeAnswers { get; init; }
    public required string Answered { get; init; }
    public required string SendAnyway { get; init; }
    public required string AnsweredDone { get; init; }
    public required string Sent { get; init; }
    public required string WrongEmail { get; init; }
    public required string WrongSubject { get; init; }
    public required string WrongMessage { get; init; }
    public required string PleaseMend { get; init; }
    public required string TooMany { get; init; }
    public required string OtherPage { get; init; }
    public required string NotFound { get; init; }
    public required string NotFoundHint { get; init; }
    public required string ToHelp { get; init; }
    public required string SkipToContent { get; init; }
    public required string LeaveEmpty { get; init; }
}
