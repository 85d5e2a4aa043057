using System.ComponentModel.DataAnnotations;

namespace CustomerCrm.Platform.Validation;

/// <summary>
/// An absolute address of a page or a file on the web, with <c>https</c> or <c>http</c>: what others put into a link or an image. Any other scheme may be a
/// program (<c>javascript:</c>, <c>data:</c>), and a name with a password before the host shows another host than it leads to.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class WebAddressAttribute() : ValidationAttribute("An absolute address with https or http: https://shop.example/tea.jpg."), ICoded
{
    public string Code => "url_invalid";

    public override bool IsValid(object? value) => value is null || (value is string text && IsOne(text));

    /// <summary>Pure.</summary>
    public static bool IsOne(string text) =>
        !text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is '<' or '>' or '"' or '\\')
        && (text.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
        && Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Host.Length > 0 && uri.UserInfo.Length == 0;
}
