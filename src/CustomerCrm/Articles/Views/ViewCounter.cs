using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Tenancy;
using CustomerCrm.Tenant;

namespace CustomerCrm.Articles.Views;

/// <summary>Notes that somebody reads an article, without a cookie and without a word of who it is.</summary>
internal sealed class ViewCounter(GatheredViews gathered, TenantScopes scopes, CurrentTenant tenant, CurrentSettings settings, TimeProvider clock)
{
    public async Task CountAsync(Id<Article> articleId, HttpContext http, CancellationToken ct)
    {
        if (ViewRequest.IsReader(http)) gathered.Add(new ViewsOfDay(scopes, tenant.Id, articleId, (await settings.GetAsync(ct)).Calendar.DayOf(clock.GetUtcNow()), 1));
    }
}
