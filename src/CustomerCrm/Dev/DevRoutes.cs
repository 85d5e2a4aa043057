using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Letters;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Dev;

internal static class DevRoutes
{
    private const int Most = 20;

    /// <summary>What helps while developing against this API; not there in any other environment.</summary>
    public static void MapDev(this IEndpointRouteBuilder api) => api.MapGet("/dev/mailbox", ShowMailbox).WithTags("Dev").ForAnyone().Describe("Show letters",
        $"In Development, where no provider is set: the last {Most} letters, e-mails and text messages to an address or number, the latest first, whole and with their tokens. 404 in any other environment.");

    /// <param name="to">The e-mail address, or the telephone number in E.164, that they went to.</param>
    internal static async Task<Mailbox> ShowMailbox(string to, DevMailbox mailbox, IHostEnvironment environment, CancellationToken ct) => environment.IsDevelopment()
        ? new Mailbox { Data = await mailbox.ReadAsync(to, Most, ct) }
        : throw ApiProblem.NotFound("resource");

    /// <summary>The latest first.</summary>
    public sealed record Mailbox
    {
        public required IReadOnlyList<DeliveredLetter> Data { get; init; }
    }
}
