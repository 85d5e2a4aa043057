using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Tenancy;

namespace CustomerCrm.Articles.Views;

/// <summary>Views that are not written down yet, in memory: reading an article writes nothing.</summary>
internal sealed class GatheredViews
{
    // More than are ever read in a minute; what goes beyond it while nothing can be written is forgotten.
    private const int Most = 20_000;

    private readonly Lock one = new();
    private Dictionary<(int TenantId, Id<Article> ArticleId, DateOnly Day), ViewsOfDay> views = [];

    public void Add(ViewsOfDay seen)
    {
        lock (one)
        {
            var key = (seen.TenantId, seen.ArticleId, seen.Day);
            if (views.TryGetValue(key, out var before)) views[key] = before with { Count = before.Count + seen.Count };
            else if (views.Count < Most) views[key] = seen;
        }
    }

    /// <summary>All of them; then there are none.</summary>
    public IReadOnlyCollection<ViewsOfDay> Take()
    {
        lock (one)
        {
            var taken = views.Values;
            views = [];
            return taken;
        }
    }
}

/// <summary>How often an article was read on a day of its tenant's.</summary>
/// <param name="Scopes">By which what is written later is its tenant's.</param>
internal sealed record ViewsOfDay(TenantScopes Scopes, int TenantId, Id<Article> ArticleId, DateOnly Day, int Count);
