namespace CustomerCrm.Conversations;

internal static class ConversationRoutes
{
    public static IServiceCollection AddConversations(this IServiceCollection services) => services
        .AddScoped<ConversationWriter>().AddScoped<ConversationBook>().AddScoped<EntryReader>().AddScoped<EntryWriter>().AddScoped<EntryMoves>().AddScoped<ReplyDesk>().AddScoped<ReplyPost>().AddScoped<ReplyHeaders>().AddScoped<ReplyAddresses>();
}
