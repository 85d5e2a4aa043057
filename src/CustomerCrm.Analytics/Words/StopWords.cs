namespace CustomerCrm.Analytics.Words;

/// <summary>Words that say nothing of what a question is about, in the languages of the public pages: folded (lower case, no accents). Pure; our own lists.</summary>
public static class StopWords
{
    private static readonly HashSet<string> all = [.. string.Join(' ',
        "a about all also am an and any anything are as at be been before but by can cant could did do does doesnt dont for from get had has have he hello hi how i if im in into is isnt it its ive just let like me my no not now of off on or our out please she so some something than thank thanks that the their them then there these they this to too up us was we were what when where which who why will with would you your",
        "aber als am an auch auf aus bei bin bis bitte da danke das dass dem den der des die du ein eine einem einen einer eines er es etwas euch fur hallo hat habe haben hatte ich ihr ihre im in ist ja kann konnen man mein meine meinem meinen meiner mich mir mit nach nein nicht noch nur oder schon sehr sein sich sie sind so und uns unser von vor war warum was wann welche wenn wer wie wieder wird wo zu zum zur",
        "ai alors au aux avec avoir bonjour ca car ce cela ces cet cette comment dans de des du elle en est et etre eu il ils j je jai l la le les leur lui ma mais me merci mes moi mon ne nous on ou par pas peut plus pour pourquoi quand que quel quelle quelque qui qu sa se ses si son suis sur ta te tes toi ton tu un une vos votre vous y",
        "a ali bi bio bih biti da do gde hvala i ili iz ja je jer jos kako kada kad ko koji koja koje li me mi moj moja moje moze mogu molim na nam ne nego nesto ni nije nisam od on ona oni po pozdrav sa sam samo se si smo sta sto su ta te ti to u vas za zasto").Split(' ')];

    /// <param name="word">Folded.</param>
    public static bool Has(string word) => word.Length == 1 || all.Contains(word);

    /// <summary>The words that say something; all of them, where none does.</summary>
    public static IReadOnlyList<string> Without(IReadOnlyList<string> words) => words.Where(word => !Has(word)).ToArray() is { Length: > 0 } telling ? telling : words;
}
