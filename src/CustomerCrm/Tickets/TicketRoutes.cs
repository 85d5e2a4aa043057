using CustomerCrm.Platform.Records;

namespace CustomerCrm.Tickets;

internal static class TicketRoutes
{
    public static IServiceCollection AddTickets(this IServiceCollection services) => services
        .AddSingleton(TicketFields.Owner).AddSingleton(TicketTags.Owner).AddSingleton(TicketRecord.RecordKind).AddScoped<IRestored, TicketRecord>()
        .AddScoped<TicketTargets>().AddScoped<TicketTagging>().AddScoped<TicketNumbers>().AddScoped<TicketRows>().AddScoped<TicketWriter>();
}
