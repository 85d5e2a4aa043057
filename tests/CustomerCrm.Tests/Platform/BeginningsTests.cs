using CustomerCrm.Platform;

namespace CustomerCrm.Tests.Platform;

public class BeginningsTests
{
    [TestCase("shop", 4, "shop")]
    [TestCase("shops", 4, "shop")]
    [TestCase("sho🛒", 4, "sho", Description = "a character of two units does not fit into one")]
    [TestCase("sho🛒s", 5, "sho🛒")]
    [TestCase("shop", 0, "")]
    public void A_text_is_never_cut_in_the_middle_of_a_character(string text, int most, string beginning) => Assert.That(text.Beginning(most), Is.EqualTo(beginning));

    [TestCase("shop", 4, "shop")]
    [TestCase("shops", 4, "sho…")]
    [TestCase("sho🛒s", 5, "sho…")]
    [TestCase("shop", 1, "…")]
    public void What_is_shortened_says_so_and_keeps_within_its_room(string text, int most, string shortened) => Assert.That(text.Shortened(most), Is.EqualTo(shortened));
}
