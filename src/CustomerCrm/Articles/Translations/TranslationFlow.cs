using CustomerCrm.Platform.Access;

namespace CustomerCrm.Articles.Translations;

/// <summary>Which step may follow which. Pure.</summary>
internal static class TranslationFlow
{
    /// <summary>A text that was published and not changed since has been read already.</summary>
    public static bool MayAsk(TranslationState state) => state == TranslationState.Draft;

    public static bool MayDecide(TranslationState state) => state is TranslationState.InReview or TranslationState.Approved;

    public static bool IsOwn(Actor author, Actor reviewer) => (author.Kind, author.Id) == (reviewer.Kind, reviewer.Id);
}
