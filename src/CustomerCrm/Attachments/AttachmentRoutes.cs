namespace CustomerCrm.Attachments;

internal static class AttachmentRoutes
{
    public static IServiceCollection AddAttachments(this IServiceCollection services) => services.AddScoped<AttachmentTies>();
}
