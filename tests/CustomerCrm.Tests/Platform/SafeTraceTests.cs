using CustomerCrm.Platform.Health;

namespace CustomerCrm.Tests.Platform;

public class SafeTraceTests
{
    [Test]
    public void It_tells_what_failed_and_where_but_quotes_nothing()
    {
        string trace;
        try
        {
            Greet("anna@example.com");
            return;
        }
        catch (InvalidOperationException e)
        {
            trace = SafeTrace.Of(e);
        }

        Assert.That(trace, Does.Not.Contain("anna"));
        Assert.That(trace, Does.Contain("System.InvalidOperationException").And.Contain("caused by System.FormatException").And.Contain(nameof(Greet)));
    }

    private static void Greet(string email)
    {
        try
        {
            throw new FormatException($"Not a number: {email}");
        }
        catch (FormatException e)
        {
            throw new InvalidOperationException($"Cannot greet {email}", e);
        }
    }
}
