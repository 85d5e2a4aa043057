namespace CustomerCrm.Surveys.Definitions;

/// <summary>What CSAT, NPS and CES ask where nobody writes their own questions: the score, and why. In the languages of the public pages.</summary>
internal static class StandardQuestions
{
    /// <returns>Null: a free survey has no standard questions.</returns>
    public static SurveyDefinition? Of(SurveyKind kind)
    {
        if (ScoreScale.Of(kind) is not { } scale) return null;
        var (ask, least, most) = Words(kind);
        return new SurveyDefinition
        {
            Languages = ["en", "de", "fr", "sr"],
            Questions =
            [
                new SurveyQuestion { Key = "score", Type = QuestionType.Scale, Text = ask, IsRequired = true, IsScore = true, Min = scale.Min, Max = scale.Max, MinLabel = least, MaxLabel = most },
                new SurveyQuestion
                {
                    Key = "comment", Type = QuestionType.Text,
                    Text = In("Would you tell us why?", "Möchten Sie uns sagen, warum?", "Voulez-vous nous dire pourquoi ?", "Želite li da nam kažete zašto?"),
                },
            ],
        };
    }

    private static (Dictionary<string, string> Ask, Dictionary<string, string> Least, Dictionary<string, string> Most) Words(SurveyKind kind) => kind switch
    {
        SurveyKind.Nps => (
            In("How likely are you to recommend us to a friend?", "Wie wahrscheinlich ist es, dass Sie uns weiterempfehlen?", "Quelle est la probabilité que vous nous recommandiez à un proche ?", "Kolika je verovatnoća da nas preporučite prijatelju?"),
            In("Not at all likely", "Sehr unwahrscheinlich", "Pas du tout probable", "Nimalo verovatno"),
            In("Very likely", "Sehr wahrscheinlich", "Très probable", "Vrlo verovatno")),
        SurveyKind.Ces => (
            In("We made it easy for you.", "Wir haben es Ihnen leicht gemacht.", "Nous vous avons facilité les choses.", "Olakšali smo vam."),
            In("I disagree", "Stimme nicht zu", "Pas d’accord", "Ne slažem se"),
            In("I agree", "Stimme zu", "D’accord", "Slažem se")),
        _ => (
            In("How satisfied are you with us?", "Wie zufrieden sind Sie mit uns?", "Êtes-vous satisfait de nous ?", "Koliko ste zadovoljni nama?"),
            In("Not at all", "Gar nicht", "Pas du tout", "Nimalo"),
            In("Very", "Sehr", "Tout à fait", "Veoma")),
    };

    private static Dictionary<string, string> In(string en, string de, string fr, string sr) => new() { ["en"] = en, ["de"] = de, ["fr"] = fr, ["sr"] = sr };
}
