using CustomerCrm.Platform.Validation;

namespace CustomerCrm.Tests.Platform;

public class BlankTextTests
{
    [TestCase("")]
    [TestCase(" \t\r\n")]
    [TestCase("\u00A0\u2003\u3000")]
    [TestCase("\u200B\u200D\u2060\uFEFF\u00AD")]
    [TestCase("\u2800\u3164\uFFA0\uFE0F")]
    [TestCase("\U000E0020")]
    public void White_space_and_what_has_no_width_is_blank(string text) => Assert.That(BlankText.Is(text), Is.True);

    [TestCase(".")]
    [TestCase(" \u200Ba")]
    [TestCase("\u2764\uFE0F")]
    [TestCase("北")]
    [TestCase("\U0001F375")]
    public void What_can_be_seen_is_not(string text) => Assert.That(BlankText.Is(text), Is.False);
}
