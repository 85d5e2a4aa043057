using System.Buffers.Binary;
using CustomerCrm.Platform.Access.Links;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using Microsoft.Extensions.Options;

namespace CustomerCrm.Surveys.Invitations;

/// <summary>The links by which customers answer: each is of one invitation, and signed. What has been answered with one is not answered again.</summary>
internal sealed class SurveyLinks(SignedLinks links, IOptions<PublicOptions> options, TimeProvider clock)
{
    /// <summary>Where the pages are; whoever shows them maps this.</summary>
    public const string Path = "/survey";

    private const string Use = "survey_links";
    private const int Length = 16 + 4;

    public string UrlOf(Id<SurveyInvitation> invitationId, DateTimeOffset expiresAt)
    {
        var said = new byte[Length];
        invitationId.ToBytes().CopyTo(said, 0);
        BinaryPrimitives.WriteUInt32BigEndian(said.AsSpan(16), (uint)expiresAt.ToUnixTimeSeconds());
        return $"{options.Value.BaseUrl.TrimEnd('/')}{Path}/{links.Write(Use, said)}";
    }

    /// <summary>The same page, with the score chosen already. It is counted when the page is sent, for programs that look for dangerous links open them all.</summary>
    public static string WithScore(string url, int score) => FormattableString.Invariant($"{url}?score={score}");

    /// <summary>Whose link it is; from then on the request is its tenant's.</summary>
    /// <returns>Null if it is not ours, was changed, or has expired: the same for every reason.</returns>
    public Id<SurveyInvitation>? Read(string token) =>
        links.Read(Use, token, bytes => bytes.Length == Length && BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(16)) > clock.GetUtcNow().ToUnixTimeSeconds()) is { } said
            ? Id<SurveyInvitation>.FromBytes(said.AsSpan(0, 16)) : null;
}
