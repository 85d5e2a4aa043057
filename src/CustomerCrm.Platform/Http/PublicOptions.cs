using System.ComponentModel.DataAnnotations;

namespace CustomerCrm.Platform.Http;

/// <summary>How the world reaches this installation. The one source of every link that leaves it.</summary>
public sealed class PublicOptions
{
    /// <summary>Scheme, host and port, without a slash at the end.</summary>
    [Required, Url]
    public string BaseUrl { get; set; } = "http://localhost:5080";
}
