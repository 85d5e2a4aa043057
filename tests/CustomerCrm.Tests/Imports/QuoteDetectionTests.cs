using CustomerCrm.Imports.Files;

namespace CustomerCrm.Tests.Imports;

public class QuoteDetectionTests
{
    [TestCase("email;name\nq0@example.com;'t Hooft 0\nq1@example.com;'t Hooft 1\nq2@example.com;'t Hooft 2\nq3@example.com;'t Hooft 3\nq4@example.com;'t Hooft 4\nq5@example.com;'t Hooft 5\n", "'t Hooft 0")]
    [TestCase("email,name,phone\nq0@example.com,Ann,'+436601234560\nq1@example.com,Ann,'+436601234561\nq2@example.com,Ann,'+436601234562\nq3@example.com,Ann,'+436601234563\nq4@example.com,Ann,'+436601234564\nq5@example.com,Ann,'+436601234565\n", "Ann")]
    [TestCase("email,name\nq0@example.com,Hans Peters'\nq1@example.com,Hans Peters'\nq2@example.com,'t Hooft\nq3@example.com,Hans Peters'\nq4@example.com,'t Hooft\nq5@example.com,Hans Peters'\n", "Hans Peters'")]
    public async Task Apostrophes_of_names_and_phone_numbers_join_no_rows(string file, string nameOfFirst)
    {
        var acme = await TestTenant.NewAsync();

        var run = await SomeFiles.DoAsync(acme, await SomeFiles.UploadedAsync(acme, file), "run");

        Assert.That((run.GetProperty("rows").GetInt32(), run.Of("run", "created"), run.GetProperty("format").Text("quote")), Is.EqualTo((6, 6, "\"")));
        Assert.That((await SomeFiles.CustomersAsync(acme, "&filter[email][eq]=q0@example.com")).Single().Text("name"), Is.EqualTo(nameOfFirst));
    }

    [Test]
    public async Task A_file_that_is_quoted_with_apostrophes_is_read_so()
    {
        var acme = await TestTenant.NewAsync();

        await SomeFiles.ImportedAsync(acme, "'email','name'\n'ana@example.com','O''Brien, Ana'\n'bob@example.com','Bob'\n");

        Assert.That((await SomeFiles.CustomersAsync(acme)).Select(c => c.Text("name")), Is.EqualTo(new[] { "Bob", "O'Brien, Ana" }));
    }

    [TestCase("'a','b'\n'c','d\ne'\n", false, '\'', TestName = "A line end inside one of many cells")]
    [TestCase("'a':'b'\n'c':'d'\n", false, '\'', TestName = "Between them what the upload says")]
    [TestCase("'a','b'\n'c','d", true, '\'', TestName = "Cut in the middle of a cell")]
    [TestCase("'a','b'\n'c','d", false, '"', TestName = "The last one is never closed")]
    [TestCase("'a','b'\n'c',\"d\"\n", false, '"', TestName = "A double quote says otherwise")]
    [TestCase("email\n'a'\n'b'\n'c'\nd\ne\nf\ng\nh\n", false, '"', TestName = "Few rows have any")]
    [TestCase("name,x\n't Hooft,1\nPeters',1\n't Hooft,1\nPeters',1\n't Hooft,1\nPeters',1\n", false, '"', TestName = "One begins where another ends")]
    [TestCase("", false, '"', TestName = "Nothing at all")]
    public void Cells_open_and_close_with_it(string text, bool isCut, char quote) => Assert.That(QuoteDetection.Of(text, isCut, ':'), Is.EqualTo(quote));
}
