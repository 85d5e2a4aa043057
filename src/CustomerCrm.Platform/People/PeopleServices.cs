using CustomerCrm.Platform.Access.Keys;
using CustomerCrm.Platform.Access.Links;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Data.Secrets;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Letters;
using CustomerCrm.Platform.Tenancy;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CustomerCrm.Platform.People;

public static class PeopleServices
{
    /// <summary>People, their passwords, second factors and sessions, and the letters that go to them.</summary>
    public static IServiceCollection AddPeople(this IServiceCollection services, IHostEnvironment environment)
    {
        services.AddOptions<SecretOptions>().BindConfiguration("Secrets").Validate(o => o.IsValid, "Secrets:Key and Secrets:FormerKeys are 32 random bytes each, in base64.").ValidateOnStart();
        services.AddSingleton(all => new SecretBox(all.GetRequiredService<InstallationSecrets>(), all.GetRequiredService<IOptions<SecretOptions>>()));
        services.AddSingleton<Passwords>();
        services.AddScoped(all => new SignedLinks(all.GetRequiredService<SecretBox>(), all.GetRequiredService<CurrentTenant>()));
        services.AddSingleton(all => new SignInLimits(all.GetRequiredService<Databases>(), all.GetRequiredService<SecretBox>(), all.GetRequiredService<TimeProvider>()));
        services.AddScoped(all => new PeopleStore(all.GetRequiredService<Databases>(), all.GetRequiredService<TenantDb>(), all.GetRequiredService<KeyChanges>(), all.GetRequiredService<TimeProvider>()));
        services.AddScoped(all => new SecondFactor(all.GetRequiredService<TenantDb>(), all.GetRequiredService<SecretBox>(), all.GetRequiredService<TimeProvider>()));
        services.AddScoped(all => new SessionTokens(all.GetRequiredService<Databases>(), all.GetRequiredService<TenantDb>(), all.GetRequiredService<KeyChanges>(), all.GetRequiredService<TimeProvider>()));
        services.AddScoped(all => new MailedTokens(all.GetRequiredService<SystemDb>(), all.GetRequiredService<TenantDb>(), all.GetRequiredService<TimeProvider>()));
        services.AddScoped(all => new Enrolment(all.GetRequiredService<PeopleStore>(), all.GetRequiredService<Passwords>(), all.GetRequiredService<SignInLimits>()));
        services.AddJob<PrunePeopleJob, PrunePeople>();
        return services.AddLetters(environment);
    }

    private static IServiceCollection AddLetters(this IServiceCollection services, IHostEnvironment environment)
    {
        services.AddOptions<SmtpOptions>().BindConfiguration("Smtp").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(all => new DevMailbox(all.GetRequiredService<Database>(), all.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ILetterCarrier>(all =>
            all.GetRequiredService<IOptions<SmtpOptions>>() is { Value.Host: not null } smtp ? new SmtpCarrier(smtp)
            : environment.IsDevelopment() ? all.GetRequiredService<DevMailbox>()
            : new NoCarrier());
        services.AddScoped(all => new LetterBox(
            all.GetRequiredService<TenantDb>(), all.GetRequiredService<JobQueue>(), all.GetRequiredService<SecretBox>(), all.GetRequiredService<CurrentTenant>(), all.GetRequiredService<TimeProvider>()));
        return services.AddJob<SendLetterJob, SendLetter>();
    }
}
