namespace CustomerCrm.Articles.Translations;

/// <summary>Where the latest version of an article's text is on its way to the reader. The numbers are stored.</summary>
public enum TranslationState
{
    Draft = 1,
    InReview = 2,
    Approved = 3,

    /// <summary>Readers see the latest version.</summary>
    Published = 4,
}
