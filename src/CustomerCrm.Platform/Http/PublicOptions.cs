using System.ComponentModel.DataAnnotations;

namespace CustomerCrm.Platform.Http;

/// <summary>How the world reaches this installation. The one source of every link that leaves it.</summary>
public sealed class PublicOptions
{
    /// <summary>Scheme, host and port, without a slash at the end.</summary>
    [Required, Url]
    public string BaseUrl { get; set; } = "http://localhost:5080";

    /// <summary>Where people use it, if that is elsewhere: the links in letters lead there.</summary>
    [Url]
    public string? AppUrl { get; set; }

    /// <summary>Addresses or networks (<c>10.0.0.0/8</c>) of proxies whose <c>X-Forwarded-For</c> is believed. Nobody else's is.</summary>
    public IReadOnlyList<string> TrustedProxies { get; set; } = [];

    /// <summary>The page of that name, with a token behind the #, where no server's log sees it.</summary>
    public string LinkTo(string page, string token) => $"{(AppUrl ?? BaseUrl).TrimEnd('/')}/{page}#token={token}";
}
