using System.Text.Json;
using CustomerCrm.Platform.Json;
using CustomerCrm.Surveys;
using CustomerCrm.Surveys.Definitions;

namespace CustomerCrm.Tests.Surveys;

/// <summary>What can be asked, and in which order.</summary>
public class DefinitionTests
{
    [TestCase(SurveyKind.Csat)]
    [TestCase(SurveyKind.Nps)]
    [TestCase(SurveyKind.Ces)]
    public void The_standard_questions_are_right(SurveyKind kind)
    {
        var definition = StandardQuestions.Of(kind)!;

        Assert.That(DefinitionRules.WrongWith(kind, definition), Is.Empty);
        Assert.That(definition.Languages, Is.EquivalentTo(new[] { "en", "de", "fr", "sr" }));
    }

    [Test]
    public void A_way_back_is_a_circle()
    {
        var wrong = Wrong(Scale("a", """{"go_to":"b"}"""), Scale("b", """{"from":0,"to":2,"go_to":"a"}"""));

        Assert.That(wrong, Is.EqualTo(new[] { ("/questions/1/next", "circle") }));
    }

    [Test]
    public void A_jump_back_that_no_answer_takes_is_none()
    {
        var wrong = Wrong(Scale("a", """{"from":0,"to":5,"go_to":"c"},{"from":0,"to":5,"go_to":"a"}""", isRequired: true), Text("c"));

        Assert.That(wrong, Is.Empty);
    }

    [Test]
    public void A_question_that_no_answer_leads_to_is_refused()
    {
        var wrong = Wrong(Scale("a", """{"from":0,"to":2,"go_to":"c"},{"from":3,"to":5,"go_to":"d"}""", isRequired: true), Text("b"), Text("c"), Text("d"));

        Assert.That(wrong, Is.EqualTo(new[] { ("/questions/1", "unreachable") }));
    }

    [Test]
    public void A_question_that_may_be_left_out_leads_on_as_well()
    {
        var wrong = Wrong(Scale("a", """{"from":0,"to":2,"go_to":"c"},{"from":3,"to":5,"go_to":"d"}"""), Text("b"), Text("c"), Text("d"));

        Assert.That(wrong, Is.Empty, "whoever answers nothing goes on to b");
    }

    [Test]
    public void Jumps_by_several_choices_are_followed()
    {
        var many = """{"key":"a","type":"choice","text":{"en":"?"},"is_many":true,"choices":[{"key":"x","text":{"en":"X"}},{"key":"y","text":{"en":"Y"}}],"next":[{"choices":["x"],"go_to":"c"}]}""";

        Assert.That(Wrong(many, Text("b"), Text("c")), Is.Empty);
        Assert.That(QuestionPath.After(Read(many, Text("b"), Text("c")), 0, null, ["x", "y"]), Is.EqualTo(2));
        Assert.That(QuestionPath.After(Read(many, Text("b"), Text("c")), 0, null, ["y"]), Is.EqualTo(1));
    }

    /// <summary>Each is one thing that is wrong, and what is said of it.</summary>
    [TestCase("""{"key":"a","type":"scale","text":{"en":"?"},"min":5,"max":1}""", "/questions/0/max", "out_of_range")]
    [TestCase("""{"key":"a","type":"scale","text":{"en":"?"},"max":1}""", "/questions/0/min", "required")]
    [TestCase("""{"key":"a","type":"text","text":{"en":"?"},"min":1}""", "/questions/0/min", "not_of_type")]
    [TestCase("""{"key":"a","type":"choice","text":{"en":"?"}}""", "/questions/0/choices", "required")]
    [TestCase("""{"key":"a","type":"matrix","text":{"en":"?"},"choices":[{"key":"x","text":{"en":"X"}},{"key":"y","text":{"en":"Y"}}]}""", "/questions/0/rows", "required")]
    [TestCase("""{"key":"a","type":"choice","text":{"en":"?"},"choices":[{"key":"x","text":{"en":"X"}},{"key":"x","text":{"en":"Y"}}]}""", "/questions/0/choices/1/key", "repeated")]
    [TestCase("""{"key":"a","type":"text","text":{"en":"?"},"next":[{"go_to":"nowhere"}]}""", "/questions/0/next/0/go_to", "unknown_question")]
    [TestCase("""{"key":"a","type":"text","text":{"en":"?"},"next":[{"from":1,"go_to":"end"}]}""", "/questions/0/next/0/from", "not_of_type")]
    [TestCase("""{"key":"a","type":"text","text":{"de":"?"}}""", "/questions/0/text", "translation_missing")]
    [TestCase("""{"key":"end","type":"text","text":{"en":"?"}}""", "/questions/0/key", "reserved")]
    [TestCase("""{"key":"a","type":"text","text":{"en":"?"},"is_score":true}""", "/questions/0/is_score", "not_of_type")]
    public void What_is_wrong_is_named(string question, string pointer, string code) => Assert.That(Wrong(question), Does.Contain((pointer, code)));

    [Test]
    public void Nothing_where_something_must_be_is_named_too()
    {
        var definition = JsonSerializer.Deserialize<SurveyDefinition>("""{"languages":["en",null],"questions":[null]}""", StrictJson.Options)!;

        Assert.That(DefinitionRules.WrongWith(SurveyKind.Free, definition).Select(e => e.Pointer), Is.EqualTo(new[] { "/questions/0" }));
    }

    [Test]
    public void A_net_promoter_survey_begins_with_its_score_on_its_scale()
    {
        var wrong = DefinitionRules.WrongWith(SurveyKind.Nps, Read("""{"key":"score","type":"scale","text":{"en":"?"},"is_score":true,"is_required":true,"min":1,"max":10}"""));

        Assert.That(wrong.Select(e => (e.Pointer, e.Code)), Is.EqualTo(new[] { ("/questions/0/max", "wrong_scale") }));
    }

    [TestCase(SurveyKind.Nps, 6, ScoreStanding.Low)]
    [TestCase(SurveyKind.Nps, 7, ScoreStanding.Middle)]
    [TestCase(SurveyKind.Nps, 9, ScoreStanding.High)]
    [TestCase(SurveyKind.Csat, 3, ScoreStanding.Middle)]
    [TestCase(SurveyKind.Csat, 4, ScoreStanding.High)]
    [TestCase(SurveyKind.Ces, 3, ScoreStanding.Low)]
    [TestCase(SurveyKind.Ces, 5, ScoreStanding.High)]
    public void A_score_stands_where_its_kind_says(SurveyKind kind, int score, ScoreStanding expected) => Assert.That(ScoreScale.StandingOf(kind, score), Is.EqualTo(expected));

    [Test]
    public void Answers_are_read_along_the_way_that_they_lead()
    {
        var definition = Read(Scale("a", """{"from":3,"go_to":"end"}""", isRequired: true), Text("why"));

        var unhappy = AnswerReading.Of(definition, Sent("""{"a":1,"why":"Late."}"""), out _);
        AnswerReading.Of(definition, Sent("""{"a":5,"why":"Late."}"""), out var notAsked);
        AnswerReading.Of(definition, Sent("""{"why":"Late."}"""), out var missing);
        AnswerReading.Of(definition, Sent("""{"a":9,"b/c":1}"""), out var offScale);
        AnswerReading.Of(definition, Sent("""{"a":5,"b/c":1}"""), out var unknown);

        Assert.That((unhappy!.Text, unhappy.Counted.Count), Is.EqualTo(("Late.", 2)));
        Assert.That(notAsked.Select(e => (e.Pointer, e.Code)), Is.EqualTo(new[] { ("/why", "not_asked") }));
        Assert.That(missing.Select(e => (e.Pointer, e.Code)), Is.EqualTo(new[] { ("/a", "required") }));
        Assert.That(offScale.Select(e => (e.Pointer, e.Code)), Is.EqualTo(new[] { ("/a", "not_on_scale") }));
        Assert.That(unknown.Select(e => (e.Pointer, e.Code)), Is.EqualTo(new[] { ("/b~1c", "unknown_question") }));
    }

    [TestCase("\"x\"", "wrong")]
    [TestCase("[\"x\",\"x\"]", "wrong")]
    [TestCase("[\"z\"]", "wrong")]
    [TestCase("[1]", "wrong")]
    [TestCase("[\"x\",\"y\"]", "right")]
    [TestCase("[]", "right")]
    public void Several_choices_are_a_list_of_keys(string sent, string expected)
    {
        var definition = Read("""{"key":"a","type":"choice","text":{"en":"?"},"is_many":true,"choices":[{"key":"x","text":{"en":"X"}},{"key":"y","text":{"en":"Y"}}]}""");

        Assert.That(AnswerReading.Of(definition, Sent("{\"a\":" + sent + "}"), out _) is null, Is.EqualTo(expected == "wrong"));
    }

    [TestCase("""{"speed":"good"}""", "right")]
    [TestCase("""{"speed":"bad","price":"good"}""", "right")]
    [TestCase("""{"speed":"terrible"}""", "wrong")]
    [TestCase("""{"colour":"good"}""", "wrong")]
    [TestCase("""{"speed":3}""", "wrong")]
    [TestCase("5", "wrong")]
    public void A_matrix_has_a_choice_for_each_row(string sent, string expected)
    {
        var definition = Read("""{"key":"a","type":"matrix","text":{"en":"?"},"choices":[{"key":"good","text":{"en":"Good"}},{"key":"bad","text":{"en":"Bad"}}],"rows":[{"key":"speed","text":{"en":"Speed"}},{"key":"price","text":{"en":"Price"}}]}""");

        Assert.That(AnswerReading.Of(definition, Sent("{\"a\":" + sent + "}"), out _) is null, Is.EqualTo(expected == "wrong"));
    }

    [Test]
    public void A_question_with_answers_keeps_its_type_its_scale_and_its_kind()
    {
        var before = Read(Scale("a"), Text("b"));

        Assert.That(KeptMeaning.Broken([before], Read(Scale("a").Replace("\"max\":5", "\"max\":7", StringComparison.Ordinal), Text("b"))).Select(e => e.Pointer), Is.EqualTo(new[] { "/questions/0/max" }));
        Assert.That(KeptMeaning.Broken([before], Read(Text("a"))).Select(e => e.Pointer), Is.EqualTo(new[] { "/questions/0/type" }));
        Assert.That(KeptMeaning.Broken([before], Read(Scale("c"), Scale("a").Replace("\"?\"", "\"How?\"", StringComparison.Ordinal))), Is.Empty, "words may be mended, and questions come and go");
    }

    private static (string, string)[] Wrong(params string[] questions) => [.. DefinitionRules.WrongWith(SurveyKind.Free, Read(questions)).Select(e => (e.Pointer, e.Code))];

    private static SurveyDefinition Read(params string[] questions) => SurveyDefinition.Read($$"""{"languages":["en"],"questions":[{{string.Join(',', questions)}}]}""");

    private static Dictionary<string, JsonElement> Sent(string json) => JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(json)!;

    private static string Scale(string key, string? next = null, bool isRequired = false) =>
        $$"""{"key":"{{key}}","type":"scale","text":{"en":"?"},"min":0,"max":5,"is_required":{{(isRequired ? "true" : "false")}}""" + (next is null ? "}" : $",\"next\":[{next}]}}");

    private static string Text(string key) => "{\"key\":\"" + key + "\",\"type\":\"text\",\"text\":{\"en\":\"?\"}}";
}
