namespace CustomerCrm.Surveys.Definitions;

/// <summary>Pure: which question follows which. -1 stands for the end.</summary>
internal static class QuestionPath
{
    public const int End = -1;

    /// <summary>Where an answer leads.</summary>
    /// <param name="definition">Of the survey.</param>
    /// <param name="index">Of the question.</param>
    /// <param name="number">The answer on a scale.</param>
    /// <param name="choices">What was chosen.</param>
    public static int After(SurveyDefinition definition, int index, int? number, IReadOnlyCollection<string> choices)
    {
        var jump = definition.Questions[index].Next?.FirstOrDefault(next => Fits(next, number, choices));
        return jump is null ? Following(definition, index) : Target(definition, jump);
    }

    /// <summary>Everything that may come next, whatever is answered or left out.</summary>
    public static IReadOnlySet<int> AllAfter(SurveyDefinition definition, int index)
    {
        var question = definition.Questions[index];
        var targets = new HashSet<int>();
        if (!question.IsRequired || question.Type is QuestionType.Text or QuestionType.Matrix) targets.Add(After(definition, index, null, []));
        if (question is { Type: QuestionType.Scale, Min: { } min, Max: { } max })
            for (var number = min; number <= max; number++) targets.Add(After(definition, index, number, []));
        if (question is { Type: QuestionType.Choice, Choices: { } choices })
        {
            foreach (var choice in choices) targets.Add(After(definition, index, null, [choice.Key]));
            if (question.IsMany) AddOfSeveral(definition, question, targets);
        }
        return targets;
    }

    // Of several that are chosen, the first jump that any of them fits wins: so a jump is taken alone or not at all, which single choices have shown,
    // save for one whose choices all stand in earlier jumps, and that can never be taken.
    private static void AddOfSeveral(SurveyDefinition definition, SurveyQuestion question, HashSet<int> targets)
    {
        var taken = new HashSet<string>();
        foreach (var jump in question.Next ?? [])
        {
            if (jump.IsAlways) return;
            if (jump.Choices!.Any(choice => !taken.Contains(choice))) targets.Add(Target(definition, jump));
            taken.UnionWith(jump.Choices!);
        }
    }

    private static bool Fits(QuestionJump jump, int? number, IReadOnlyCollection<string> choices) =>
        jump.IsAlways
        || (jump.Choices is { } wanted && wanted.Any(choices.Contains))
        || (jump.Choices is null && number is { } n && n >= (jump.From ?? int.MinValue) && n <= (jump.To ?? int.MaxValue));

    private static int Following(SurveyDefinition definition, int index) => index + 1 < definition.Questions.Count ? index + 1 : End;

    private static int Target(SurveyDefinition definition, QuestionJump jump)
    {
        for (var i = 0; i < definition.Questions.Count; i++)
            if (definition.Questions[i].Key == jump.GoTo) return i;
        return End;
    }
}
