using System.Net;
using System.Text;

namespace CustomerCrm.Tests.Http;

public class StrictnessTests
{
    private TestTenant acme = null!;

    [SetUp]
    public async Task NewTenant() => acme = await TestTenant.NewAsync();

    [TestCase("""{"nope":1}""", "/nope", "unknown_member")]
    [TestCase("""{"a/b~c":1}""", "/a~1b~0c", "unknown_member")]
    [TestCase("""{"a'b":1}""", "/a'b", "unknown_member")]
    [TestCase("""{"a' could not be":1}""", "/a' could not be", "unknown_member")]
    [TestCase("""{"a b.c":1}""", "/a b.c", "unknown_member")]
    [TestCase("""{"name":"a","name":"b"}""", "/name", "duplicate_member")]
    [TestCase("""{"name":7}""", "/name", "wrong_form")]
    [TestCase("""{"name":"a\u0000b"}""", "/name", "wrong_form")]
    [TestCase("""{"name":"\ud800"}""", "/name", "wrong_form")]
    [TestCase("""{"discount_rate":"0.1"}""", "/discount_rate", "wrong_type")]
    [TestCase("""{"week_start":1}""", "/week_start", "wrong_type")]
    [TestCase("""{"name":""", "/name", "json_invalid")]
    [TestCase("""{"name":tru}""", "/name", "json_invalid")]
    [TestCase("{", "", "json_invalid")]
    [TestCase("{}{}", "", "json_invalid")]
    [TestCase("", "", "required")]
    [TestCase("null", "", "required")]
    [TestCase("[]", "", "wrong_type")]
    [TestCase("\"name\"", "", "wrong_type")]
    [TestCase("7", "", "wrong_type")]
    public async Task A_body_that_cannot_be_read_is_400_and_says_where(string body, string pointer, string code)
    {
        var problem = await Problem.OfAsync(await PatchAsync(body));

        Assert.That((problem.Status, problem.Code), Is.EqualTo((HttpStatusCode.BadRequest, "body_malformed")), problem.Document.ToString());
        Assert.That(problem.Pointers, Is.EqualTo(new[] { pointer }));
        Assert.That(problem.Document.GetProperty("errors")[0].GetProperty("code").GetString(), Is.EqualTo(code), problem.Document.ToString());
    }

    [TestCase("""{"custom_fields":{"a/b":1,"a/b":2}}""", "/custom_fields/a~1b")]
    [TestCase("""{"custom_fields":{"a'b":1,"a'b":2}}""", "/custom_fields/a'b")]
    [TestCase("""{"identities":[{"kind":"email","value":"ana@example.com","b~1c":1}]}""", "/identities/0/b~01c")]
    public async Task A_member_deep_in_the_body_is_pointed_at_as_RFC_6901_writes_it(string body, string pointer)
    {
        var one = await Problem.OfAsync(await acme.Http.PostAsync("/v1/customers", new StringContent(body, Encoding.UTF8, "application/json")));
        var second = await Problem.OfAsync(await acme.Http.PostAsync("/v1/customers/batch", new StringContent($$"""{"items":[{"name":"Ana"},{{body}}]}""", Encoding.UTF8, "application/json")));

        Assert.That(one.Pointers, Is.EqualTo(new[] { pointer }), one.Document.ToString());
        Assert.That(second.Pointers, Is.EqualTo(new[] { $"/items/1{pointer}" }), second.Document.ToString());
    }

    [Test]
    public async Task A_parameter_that_is_needed_and_left_out_is_400_and_named()
    {
        var problem = await Problem.OfAsync(await acme.Http.GetAsync("/v1/reports/service/volume"));

        Assert.That((problem.Status, problem.Code), Is.EqualTo((HttpStatusCode.BadRequest, "query_invalid")));
        Assert.That(problem.Errors, Is.EqualTo(new[] { ("?by", "required") }));
    }

    [Test]
    public async Task A_body_that_is_not_acceptable_is_422_and_names_every_field()
    {
        var problem = await Problem.OfAsync(await PatchAsync("""{"time_zone":"Mars/Olympus","currency":"XXQ","discount_rate":2}"""));

        Assert.That((problem.Status, problem.Code), Is.EqualTo((HttpStatusCode.UnprocessableEntity, "validation_failed")));
        Assert.That(problem.Pointers, Is.EquivalentTo(new[] { "/time_zone", "/currency", "/discount_rate" }));
    }

    [TestCase("/v1/api_keys", """{"name":"Page","use":"publishable","scopes":["track:write"],"origins":["https://shop.example","shop.example/tea",null]}""", new[] { "/origins/1", "/origins/2" })]
    [TestCase("/v1/articles", """{"title":"A","body":"B","keywords":["tea"," ","\u200b"]}""", new[] { "/keywords/1", "/keywords/2" })]
    [TestCase("/v1/article_categories", """{"slug":"a","names":{"en":{"name":"A"},"de-AT":{"name":" "}}}""", new[] { "/names/de-AT/name" })]
    [TestCase("/v1/channels", """{"name":"A","kind":"social","attachment_types":["image/png","png"]}""", new[] { "/attachment_types/1" })]
    [TestCase("/v1/custom_fields", """{"resource":"customers","name":"a","label":"A","type":"choice","options":[{"name":"a"},{"name":"b"},{"name":"a"}]}""", new[] { "/options/2/name" })]
    [TestCase("/v1/slas", """{"name":"A","definition":{"targets":{"normal":{"first_response_minutes":60}},"paused_while":["pending","solved"]}}""", new[] { "/definition/paused_while/1" })]
    [TestCase("/v1/tickets", """{"subject":"A","tags":["a","b,c"," d"]}""", new[] { "/tags/1", "/tags/2" })]
    public async Task The_one_of_several_that_is_wrong_is_named_by_its_place(string path, string body, string[] pointers)
    {
        var problem = await Problem.OfAsync(await acme.Http.PostAsync(path, new StringContent(body, Encoding.UTF8, "application/json")));

        Assert.That(problem.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity), problem.Document.ToString());
        Assert.That(problem.Pointers, Is.SupersetOf(pointers), problem.Document.ToString());
        Assert.That(problem.Pointers, Does.Not.Contain(pointers[0][..pointers[0].LastIndexOf('/')]));
    }

    [Test]
    public async Task A_body_nested_too_deep_is_refused()
    {
        var problem = await Problem.OfAsync(await PatchAsync($$"""{"name":{{new string('[', 40)}}{{new string(']', 40)}}}"""));

        Assert.That(problem.Status, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [Test]
    public async Task Another_media_type_is_415()
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, "/v1/tenant") { Content = new StringContent("name=x", Encoding.UTF8, "application/x-www-form-urlencoded") };

        var problem = await Problem.OfAsync(await acme.Http.SendAsync(request));

        Assert.That(problem.Status, Is.EqualTo(HttpStatusCode.UnsupportedMediaType));
    }

    [TestCase("[]")]
    [TestCase("true")]
    [TestCase("null")]
    public async Task A_body_that_is_JSON_and_no_object_hears_that_an_object_is_expected(string body)
    {
        var problem = await Problem.OfAsync(await PatchAsync(body));

        Assert.That(problem.Document.GetProperty("errors")[0].GetProperty("detail").GetString(), Does.EndWith("must be a JSON object."));
    }

    [Test]
    public async Task A_compressed_body_is_415_and_hears_which_header_is_why()
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, "/v1/tenant") { Content = new ByteArrayContent([0x1F, 0x8B, 0x08]) { Headers = { { "Content-Type", "application/json" }, { "Content-Encoding", "gzip" } } } };

        var answer = await acme.Http.SendAsync(request);

        var problem = await Problem.OfAsync(answer);
        Assert.That((problem.Status, problem.Code), Is.EqualTo((HttpStatusCode.UnsupportedMediaType, "content_encoding_unsupported")));
        Assert.That(problem.Document.GetProperty("detail").GetString(), Does.StartWith("Content-Encoding: "));
        Assert.That(answer.Headers.GetValues("Accept-Encoding"), Is.EqualTo(new[] { "identity" }));
    }

    [Test]
    public async Task A_body_that_says_it_is_as_it_is_is_read()
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, "/v1/tenant") { Content = new StringContent("""{"name":"Acme"}""", Encoding.UTF8, "application/json") };
        request.Content.Headers.ContentEncoding.Add("identity");

        var answer = await acme.Http.SendAsync(request);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [TestCase("/v1/me?nope=1")]
    [TestCase("/v1/me?api_key=crm_live_x")]
    [TestCase("/v1/jobs?filter[nope][eq]=1")]
    [TestCase("/v1/jobs?limit=1&limit=2")]
    [TestCase("/v1/jobs?Limit=1")]
    public async Task An_unknown_or_repeated_query_parameter_is_refused(string path)
    {
        var problem = await Problem.OfAsync(await acme.Http.GetAsync(path));

        Assert.That((problem.Status, problem.Code), Is.EqualTo((HttpStatusCode.BadRequest, "query_invalid")));
    }

    [TestCase("0")]
    [TestCase("-1")]
    [TestCase("101")]
    [TestCase("1e9")]
    [TestCase("abc")]
    [TestCase("")]
    public async Task A_limit_is_a_number_from_1_to_100(string limit)
    {
        var problem = await Problem.OfAsync(await acme.Http.GetAsync($"/v1/jobs?limit={limit}"));

        Assert.That((problem.Status, problem.Pointers), Is.EqualTo((HttpStatusCode.BadRequest, new[] { "?limit" })));
    }

    [TestCase("/v1/insights/rfm?as_of=yesterday", "?as_of")]
    [TestCase("/v1/insights/retention?cohorts=many", "?cohorts")]
    [TestCase("/v1/events?limit=abc", "?limit")]
    public async Task A_parameter_of_the_wrong_form_is_named(string path, string pointer)
    {
        var problem = await Problem.OfAsync(await acme.Http.GetAsync(path));

        Assert.That((problem.Status, problem.Code), Is.EqualTo((HttpStatusCode.BadRequest, "query_invalid")));
        Assert.That(problem.Pointers, Is.EqualTo(new[] { pointer }));
    }

    [TestCase("2033-01-15T09:00:00Z", true)]
    [TestCase("2033-01-15 10:00:00.123456789+01:00", true)]
    [TestCase("2033-01-15T10:00:00+0100", true)]
    [TestCase("01/02/2033 09:00:00Z", false)]
    [TestCase("15 January 2033 09:00:00Z", false)]
    [TestCase("2033-01-15T09:00:00", false)]
    public async Task A_time_is_read_only_in_the_form_in_which_day_and_month_cannot_be_confused(string time, bool isRead)
    {
        var body = new StringContent($$"""{"name":"k","scopes":["customers:read"],"expires_at":"{{time}}"}""", Encoding.UTF8, "application/json");

        var response = await acme.Http.PostAsync("/v1/api_keys", body);

        Assert.That(response.StatusCode, Is.EqualTo(isRead ? HttpStatusCode.Created : HttpStatusCode.BadRequest));
    }

    [Test]
    public async Task A_wrong_method_is_405_and_says_which_are_right()
    {
        var response = await acme.Http.PutAsync("/v1/me", null);

        Assert.That((await Problem.OfAsync(response)).Status, Is.EqualTo(HttpStatusCode.MethodNotAllowed));
        Assert.That(response.Content.Headers.Allow, Does.Contain("GET"));
    }

    private Task<HttpResponseMessage> PatchAsync(string body) =>
        acme.Http.PatchAsync("/v1/tenant", new StringContent(body, Encoding.UTF8, "application/json"));
}
