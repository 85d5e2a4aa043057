using CustomerCrm.Platform;

namespace CustomerCrm.Tests.Platform;

public class FormulaGuardTests
{
    [TestCase("=1+1", "'=1+1")]
    [TestCase("+4312345678", "'+4312345678")]
    [TestCase("-5 degrees", "'-5 degrees")]
    [TestCase("@home", "'@home")]
    [TestCase("\t=1", "'\t=1")]
    [TestCase("\r=1", "'\r=1")]
    [TestCase("\n=1", "'\n=1")]
    [TestCase("＝1", "'＝1")]
    [TestCase("＋1", "'＋1")]
    [TestCase("－1", "'－1")]
    [TestCase("＠home", "'＠home")]
    [TestCase("'=1", "''=1")]
    [TestCase("''=1", "'''=1")]
    [TestCase("'0660", "''0660")]
    [TestCase("0660", "0660")]
    [TestCase("'68 Mustang", "'68 Mustang")]
    [TestCase("'s-Hertogenbosch", "'s-Hertogenbosch")]
    [TestCase("Tea = joy", "Tea = joy")]
    [TestCase("", "")]
    public void A_formula_is_text_behind_an_apostrophe_and_comes_back_as_it_was(string text, string guarded)
    {
        Assert.That(FormulaGuard.Guarded(text), Is.EqualTo(guarded));
        Assert.That(FormulaGuard.Plain(guarded), Is.EqualTo(text));
    }

    [TestCase("'7012345678901", "7012345678901")]
    [TestCase("'", "'")]
    public void Digits_that_another_program_marked_as_text_are_digits(string cell, string text) => Assert.That(FormulaGuard.Plain(cell), Is.EqualTo(text));
}
