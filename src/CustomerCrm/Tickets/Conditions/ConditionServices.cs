namespace CustomerCrm.Tickets.Conditions;

internal static class ConditionServices
{
    /// <summary>What asks conditions of tickets; a feature that knows more of them adds an <see cref="ITicketQuestion"/>.</summary>
    public static IServiceCollection AddTicketConditions(this IServiceCollection services) => services.AddScoped<TicketTexts>().AddScoped<TicketFacts>().AddScoped<TicketReading>();
}
