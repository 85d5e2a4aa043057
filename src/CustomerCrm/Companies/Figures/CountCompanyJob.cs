using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;

namespace CustomerCrm.Companies.Figures;

/// <summary>Count a company's people and orders anew.</summary>
public sealed record CountCompany(Id<Company> CompanyId);

internal sealed class CountCompanyJob(CompanyFigures figures) : IJob<CountCompany>
{
    public Task RunAsync(CountCompany work, CancellationToken ct) => figures.CountAsync(work.CompanyId, ct);
}
