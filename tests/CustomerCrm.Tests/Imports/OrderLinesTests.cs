using System.Text;
using System.Text.Json;
using CustomerCrm.Imports.Files;
using CustomerCrm.Imports.Mapping;
using CustomerCrm.Imports.Targets;

namespace CustomerCrm.Tests.Imports;

public class OrderLinesTests
{
    private const string Shopify = """
        Name,Email,Financial Status,Paid at,Fulfillment Status,Currency,Subtotal,Shipping,Taxes,Total,Discount Code,Discount Amount,Shipping Method,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Billing Name,Id,Tags
        #1001,ana@example.com,paid,2029-07-01 10:00:00 +0200,fulfilled,EUR,38.00,4.90,6.85,42.90,TEA5,5.00,Standard,2029-07-01 10:00:00 +0200,2,Tea,12.50,T1,Ana Berg,5001,gift
        #1001,ana@example.com,,,,,,,,,,,,,1,Cup,9.00,C1,,,
        #1001,ana@example.com,,,,,,,,,,,,,1,Cup,9.00,C1,,,
        #1002,bob@example.com,voided,,unfulfilled,EUR,3.00,0.00,0.48,3.00,,0.00,Standard,2029-07-02 09:00:00 +0200,1,Spoon,3.00,,Bob,5002,

        """;

    private TestTenant acme = null!;

    [SetUp]
    public async Task NewTenantAsync() => acme = await TestTenant.NewAsync();

    [Test]
    public async Task A_shops_file_becomes_orders_of_several_lines_with_no_more_said_than_whose_it_is()
    {
        var id = await SomeFiles.UploadedAsync(acme, Shopify, "resource=orders");
        var tried = await SomeFiles.DoAsync(acme, id, "dry_run");
        var run = await SomeFiles.DoAsync(acme, id, "run");

        Assert.That(run.GetProperty("run").GetRawText(), Is.EqualTo(tried.GetProperty("dry_run").GetRawText()));
        Assert.That((await SomeFiles.RowsAsync(acme, id)).Select(r => (r.Text("outcome"), r.GetProperty("reason").GetString())),
            Is.EqualTo(new[] { ("create", null), ("skip", "line_of_order_above"), ("skip", "line_of_order_above"), ("create", (string?)null) }));
        var order = await acme.GetAsync<JsonElement>("/v1/orders/by-external-id/import/5001");
        Assert.That((order.Text("order_number"), order.Text("payment_status"), order.Text("fulfillment_status"), order.Text("placed_at")), Is.EqualTo(("#1001", "paid", "fulfilled", "2029-07-01T08:00:00Z")));
        Assert.That(LinesOf(order), Is.EqualTo(new[] { ("Tea", 2, 1250), ("Cup", 1, 900), ("Cup", 1, 900) }));
        Assert.That((Minor(order, "discount"), Minor(order, "shipping"), Minor(order, "tax")), Is.EqualTo((500, 490, 685)));
        Assert.That((order.GetProperty("is_tax_included").GetBoolean(), Minor(order, "total")), Is.EqualTo((true, 4290)));
        Assert.That((await acme.GetAsync<JsonElement>("/v1/orders")).GetProperty("data").GetArrayLength(), Is.EqualTo(2));
    }

    [Test]
    public async Task The_same_file_again_changes_nothing_and_undo_takes_all_of_it_back()
    {
        var first = await SomeFiles.ImportedAsync(acme, Shopify, "resource=orders");
        var again = await SomeFiles.DoAsync(acme, await SomeFiles.UploadedAsync(acme, Shopify, "resource=orders"), "run");
        var undone = await SomeFiles.DoAsync(acme, first, "undo");

        Assert.That((again.Of("run", "skipped"), again.Of("run", "updated")), Is.EqualTo((4, 0)));
        Assert.That((undone.Of("undo", "removed"), undone.Of("undo", "kept")), Is.EqualTo((2, 0)));
    }

    [Test]
    public async Task Rows_that_say_all_of_an_order_each_time_are_its_lines_and_the_same_row_twice_is_one()
    {
        await SomeFiles.ImportedAsync(acme, """
            order id,email,quantity,product,unit price
            7,ana@example.com,1,Tea,"1.234,50 €"
            7,ana@example.com,2,Cup,"9,00"
            7,ana@example.com,2,Cup,"9,00"
            8,ana@example.com,1,Tea,5
            8,ana@example.com,1,Tea,5

            """, "resource=orders");

        Assert.That(LinesOf(await acme.GetAsync<JsonElement>("/v1/orders/by-external-id/import/7")), Is.EqualTo(new[] { ("Tea", 1, 123450), ("Cup", 2, 900) }));
        Assert.That(LinesOf(await acme.GetAsync<JsonElement>("/v1/orders/by-external-id/import/8")), Is.EqualTo(new[] { ("Tea", 1, 500) }));
    }

    [TestCase("7,ana@example.com,0,Tea,5\n7,ana@example.com,1,Cup,6\n", "order_differs", 3, Description = "a discount of each line")]
    [TestCase("7,ana@example.com,0,Tea,5\n7,bob@example.com,0,Cup,6\n", "order_differs", 3)]
    [TestCase("7,ana@example.com,0,Tea,5\n,,,Total,11\n", "order_id_missing", 3, Description = "what is below a table")]
    [TestCase("7,ana@example.com,0,Tea,5\n8,ana@example.com,0,Tea,5\n7,ana@example.com,0,Cup,6\n", "order_repeated", 4)]
    public async Task What_nobody_can_tell_the_meaning_of_is_left_out_and_said(string rows, string code, int line)
    {
        var id = await SomeFiles.UploadedAsync(acme, "order id,email,discount,product,unit price\n" + rows, "resource=orders");
        var tried = await SomeFiles.DoAsync(acme, id, "dry_run");
        var run = await SomeFiles.DoAsync(acme, id, "run");

        Assert.That(run.GetProperty("run").GetRawText(), Is.EqualTo(tried.GetProperty("dry_run").GetRawText()));
        var error = (await acme.GetAsync<JsonElement>($"/v1/imports/{id}/errors")).GetProperty("data").EnumerateArray().Single();
        Assert.That((error.Text("code"), error.GetProperty("line").GetInt32()), Is.EqualTo((code, line)));
        Assert.That((await acme.Http.GetAsync("/v1/orders/by-external-id/import/7")).IsSuccessStatusCode, Is.EqualTo(code == "order_repeated"), "what was whole is kept");
    }

    [TestCase("25.00", true)]
    [TestCase("29.00", false)]
    [TestCase("30.00", null)]
    public async Task The_total_of_the_file_tells_whether_prices_contain_the_tax_and_an_order_that_comes_to_another_is_left_out(string total, bool? isTaxIncluded)
    {
        var id = await SomeFiles.ImportedAsync(acme, $"order id,email,product,qty,unit price,tax,shipping,total\n7,ana@example.com,Tea,2,10.00,4.00,5.00,{total}\n", "resource=orders");

        var answer = await acme.Http.GetAsync("/v1/orders/by-external-id/import/7");
        Assert.That(answer.IsSuccessStatusCode, Is.EqualTo(isTaxIncluded is not null));
        if (isTaxIncluded is null) Assert.That((await acme.GetAsync<JsonElement>($"/v1/imports/{id}/errors")).GetProperty("data")[0].Text("code"), Is.EqualTo("total_differs"));
        else Assert.That((await TestTenant.ReadAsync<JsonElement>(answer)).GetProperty("is_tax_included").GetBoolean(), Is.EqualTo(isTaxIncluded));
    }

    [Test]
    public async Task A_row_with_the_orders_total_above_its_lines_is_no_line()
    {
        await SomeFiles.ImportedAsync(acme, "order id,email,product,unit price\n7,ana@example.com,,129.00\n7,ana@example.com,Coat,119.00\n7,ana@example.com,Hat,10.00\n", "resource=orders");

        Assert.That(LinesOf(await acme.GetAsync<JsonElement>("/v1/orders/by-external-id/import/7")), Is.EqualTo(new[] { ("Coat", 1, 11900), ("Hat", 1, 1000) }));
    }

    [Test]
    public async Task A_unit_price_is_one_whatever_else_is_called_a_price()
    {
        var import = await acme.GetAsync<JsonElement>($"/v1/imports/{await SomeFiles.UploadedAsync(acme, "id,email,product,qty,price,unit price\n1,ana@example.com,Coat,3,30.00,10.00\n", "resource=orders")}");

        Assert.That(import.GetProperty("mapping").EnumerateArray().Single(m => m.Text("field") == "line.unit_price").Text("column"), Is.EqualTo("unit price"));
    }

    [TestCase("a lot", "amount_invalid", "unit price")]
    [TestCase("-1", "out_of_range", "unit price")]
    public async Task What_is_wrong_in_a_row_below_is_said_of_that_line_and_the_order_is_left_out(string price, string code, string column)
    {
        var id = await SomeFiles.ImportedAsync(acme, $"order id,email,product,unit price\n6,ana@example.com,Tea,1\n7,ana@example.com,Tea,5\n7,ana@example.com,Cup,{price}\n", "resource=orders");

        var error = (await acme.GetAsync<JsonElement>($"/v1/imports/{id}/errors")).GetProperty("data").EnumerateArray().Single();
        Assert.That((error.GetProperty("line").GetInt32(), error.Text("code"), error.Text("column")), Is.EqualTo((4, code, column)));
        Assert.That((await SomeFiles.RowsAsync(acme, id)).Select(r => r.Text("outcome")), Is.EqualTo(new[] { "create", "invalid", "skip" }));
    }

    [Test]
    public async Task Whose_lines_begin_below_its_first_row_is_told_the_line_of_the_file_too()
    {
        var id = await SomeFiles.ImportedAsync(acme, "order id,email,product,unit price\n7,ana@example.com,,11.00\n7,ana@example.com,Tea,5\n7,ana@example.com,Cup,-1\n", "resource=orders");

        Assert.That((await acme.GetAsync<JsonElement>($"/v1/imports/{id}/errors")).GetProperty("data").EnumerateArray().Single().GetProperty("line").GetInt32(), Is.EqualTo(4));
    }

    [Test]
    public async Task An_amount_has_as_many_decimals_as_its_currency()
    {
        await SomeFiles.ImportedAsync(acme, "order id,email,currency,unit price\n1,ana@example.com,JPY,1500\n2,ana@example.com,KWD,1.234\n", "resource=orders");

        Assert.That(LinesOf(await acme.GetAsync<JsonElement>("/v1/orders/by-external-id/import/1")).Single().Price, Is.EqualTo(1500));
        Assert.That(LinesOf(await acme.GetAsync<JsonElement>("/v1/orders/by-external-id/import/2")).Single().Price, Is.EqualTo(1234));
    }

    [Test]
    public async Task Only_one_column_can_be_an_amount_whether_in_main_or_in_minor_units()
    {
        var id = await SomeFiles.UploadedAsync(acme, "order id,email,a,b\n1,ana@example.com,5,500\n", "resource=orders");

        var answer = await acme.Http.PatchAsync($"/v1/imports/{id}", System.Net.Http.Json.JsonContent.Create(new
        {
            mapping = new object[] { new { column = "a", field = "line.unit_price" }, new { column = "b", field = "line.unit_price_minor" } },
        }));

        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("/mapping/1/field").And.Contain("duplicate_field"));
    }

    // A run that goes on in the middle of an order, after a crash or its turn.
    [TestCase(0, "1 2 -3 -4 5")]
    [TestCase(1, "2 -3 -4 5")]
    [TestCase(2, "-3 -4 5")]
    [TestCase(3, "-4 5")]
    [TestCase(4, "5")]
    [TestCase(5, "")]
    public void Rows_that_were_written_with_the_order_above_are_passed_over_wherever_the_file_is_gone_on_with(int done, string rest)
    {
        const string file = "id,sku\n1,A\n2,A\n2,B\n2,C\n3,A\n";
        RowReading.Place[] places = [new(0, new ColumnMapping { Column = "id", Field = "external_id" }, OrderColumns.All[0]), new(1, new ColumnMapping { Column = "sku", Field = "line.sku" }, OrderColumns.All.Single(f => f.Name == "line.sku"))];
        using var rows = new OrderRows(FileRows.Open(new MemoryStream(Encoding.UTF8.GetBytes(file)), new FileFormat { Kind = FileKind.Csv, Encoding = "utf-8", Separator = ",", Quote = "\"", HasHeader = true }), places);

        rows.Skip(done);
        var seen = new List<string>();
        while (rows.Next() is { } row) seen.Add((row.Along is null ? "" : "-") + row.Number);

        Assert.That(string.Join(' ', seen), Is.EqualTo(rest));
    }

    private static int Minor(JsonElement order, string what) => order.GetProperty(what + "_minor").GetInt32();

    private static (string Name, int Quantity, int Price)[] LinesOf(JsonElement order) =>
        [.. order.GetProperty("lines").EnumerateArray().Select(line => (line.Text("name"), line.GetProperty("quantity").GetInt32(), line.GetProperty("unit_price_minor").GetInt32()))];
}
