using System.Net.Http.Json;
using System.Reflection;
using System.Text.Json;
using CustomerCrm.CheckIns.Runs;
using CustomerCrm.Consents.OptIns;
using CustomerCrm.Conversations.Replies;
using CustomerCrm.Customers;
using CustomerCrm.Customers.Contacting;
using CustomerCrm.Messages;
using CustomerCrm.Messages.Sending;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Outbound;
using CustomerCrm.ProviderCallbacks.Inbound;
using CustomerCrm.Providers.Tests;
using CustomerCrm.Slas.Acknowledging;
using CustomerCrm.Suppressions;
using CustomerCrm.Surveys.Invitations;
using Microsoft.Extensions.DependencyInjection;
using MessageOfRule = CustomerCrm.AutomationRules.Actions.SendMessage;

namespace CustomerCrm.Tests.Messages;

/// <summary>
/// No message leaves while the policy denies it, whatever path asked. That there is no other path is read from the program itself: only the jobs of
/// messages get hold of a sender, and whoever uses the door is walked here. A new one fails until this test is taught how it asks.
/// </summary>
public class EverySendingPathTests
{
    /// <summary>How each user of the door is made to want a marketing e-mail to a customer, by its type's name. What it answers does not matter.</summary>
    private static readonly Dictionary<string, Func<TestTenant, Customer, Task>> paths = new()
    {
        [nameof(PostMessage)] = (tenant, customer) => SomeMessages.TryPostAsync(tenant, SomeMessages.Marketing(customer.Id)),
        [nameof(MessageDoor)] = (tenant, customer) => tenant.WithScopeAsync(services => services.GetRequiredService<MessageDoor>().PostAsync(new MessageDraft
        {
            To = customer.Email, Channel = MessageChannel.Email, Purpose = MessagePurpose.Marketing, Reason = new MessageReason("test", null, null), Content = new MessageContent { Subject = "News", Text = "Tea!" },
        }, default)),
        [typeof(MessageOfRule).Name] = async (tenant, customer) =>
        {
            var template = (await tenant.CreateAsync<JsonElement>("/v1/templates", new { name = "News", subject = "News", text = "Tea!" })).Text("id");
            await tenant.CreateAsync<JsonElement>("/v1/automation_rules", new { name = "News", definition = new { events = new[] { "note.created" }, actions = new[] { new { @do = "send_message", with = new { template_id = template, purpose = "marketing" } } } } });
            await tenant.CreateAsync<JsonElement>("/v1/notes", new { customer_id = customer.Id.ToString(), body = "Likes tea." });
            await TestApi.RunJobsAsync();
        },
        [nameof(AskCustomerJob)] = async (tenant, customer) =>
        {
            var template = (await tenant.CreateAsync<JsonElement>("/v1/templates", new { name = "News", subject = "News", text = "Tea!" })).Text("id");
            await tenant.CreateAsync<JsonElement>("/v1/check_ins", new { name = "Ask", definition = new { after = "first_order", days = 0, @do = "message", message = new { template_id = template, purpose = "marketing" } } });
            await tenant.CreateAsync<JsonElement>("/v1/orders", new { customer_id = customer.Id.ToString(), lines = new[] { new { name = "Tea", quantity = 1, unit_price_minor = 500 } } });
            await TestApi.RunJobsAsync();
        },
        [nameof(InvitationMessages)] = async (tenant, customer) =>
        {
            var survey = (await tenant.CreateAsync<JsonElement>("/v1/surveys", new { name = "Well?", kind = "nps", status = "active", settings = new { purpose = "marketing" } })).Text("id");
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/surveys/{survey}/invitations") { Content = JsonContent.Create(new { customer_id = customer.Id.ToString() }) };
            request.Headers.Add("Idempotency-Key", survey);
            await TestTenant.ReadAsync<JsonElement>(await tenant.Http.SendAsync(request));
        },
    };

    /// <summary>Who only ever answers somebody, by a transactional or service message, which most of these denials are not about; their own tests show that a suppressed address gets none.</summary>
    private static readonly string[] answering = [nameof(OptInMessage), nameof(HelpAnswer), nameof(ReplyPost), nameof(AcknowledgementPost)];

    private static readonly Dictionary<string, Func<TestTenant, Customer, Task>> denials = new()
    {
        ["no consent"] = (tenant, customer) => SomeMessages.SayAsync(tenant, customer.Id, state: 3),
        ["a consent not yet confirmed"] = (tenant, customer) => SomeMessages.SayAsync(tenant, customer.Id, state: 2),
        ["a consent that has expired"] = (tenant, customer) => SomeMessages.SayAsync(tenant, customer.Id, expiresAt: TestApi.Clock.GetUtcNow()),
        ["a suppressed address"] = SuppressAsync,
        ["a cap"] = (tenant, _) => SomeMessages.PatchPolicyAsync(tenant, new { caps = new[] { new { per = "day", most = 0 } } }),
        ["a guard"] = async (tenant, customer) =>
        {
            await tenant.CreateAsync<JsonElement>($"/v1/customers/{customer.Id}/tags", new { names = new[] { "do not disturb" } });
            await SomeMessages.PatchPolicyAsync(tenant, new { guards = new[] { new { name = "customer_tag", tag = "do not disturb" } } });
        },
        ["a daily limit of nothing"] = (tenant, _) => SomeMessages.PatchPolicyAsync(tenant, new { daily_limits = new { email = 0, sms = 0 } }),
        ["a holiday"] = (tenant, _) => SomeMessages.PatchPolicyAsync(tenant, new { holidays = new[] { new { date = "2030-01-15", name = "Founders' day" } } }),
        ["a quiet day"] = (tenant, _) => SomeMessages.PatchPolicyAsync(tenant, new { quiet_days = new[] { "tuesday" } }),
    };

    private static readonly Type[] product = [.. typeof(Program).Assembly.GetTypes()];

    [Test]
    public void Only_the_jobs_of_messages_and_the_owners_test_get_hold_of_a_sender()
    {
        var users = product.Where(type => Mentions(type, typeof(Senders), typeof(IEmailSender), typeof(ISmsSender))).Select(Outermost).Distinct();

        Assert.That(users, Is.EquivalentTo(new[] { typeof(SendMessageJob), typeof(ReconcileMessageJob), typeof(SendProviderTestJob) }), "Post it through MessageDoor: it asks the policy.");
    }

    [Test]
    public void Reconciling_asks_and_never_sends()
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "src", "CustomerCrm", "Messages", "Sending", "ReconcileMessageJob.cs"));

        Assert.That(text, Does.Contain("FindAsync").And.Not.Contain("SendAsync"));
    }

    [Test]
    public void Every_user_of_the_door_is_walked_here()
    {
        var users = product.Where(type => Mentions(type, typeof(MessageDoor))).Select(Outermost).Where(type => type != typeof(MessageRoutes)).Select(type => type.Name).Append(nameof(MessageDoor)).Distinct();

        Assert.That(paths.Keys.Concat(answering), Is.EquivalentTo(users), "Teach this test how a new user of the door asks for a message.");
    }

    [Test]
    public async Task Nothing_leaves_while_the_policy_denies_it([ValueSource(nameof(Walks))] string walk)
    {
        var (path, denial) = (walk.Split(" despite ")[0], walk.Split(" despite ")[1]);
        var tenant = await TestTenant.NewAsync();
        var customer = await SomeMessages.CustomerAsync(tenant);
        await SomeMessages.SayAsync(tenant, customer.Id);
        await denials[denial](tenant, customer);

        await paths[path](tenant, customer);

        Assert.That(await Mailbox.OfAsync(customer.Email!), Is.Empty);
        Assert.That(await AttemptsAsync(tenant), Is.Zero);
        var messages = (await tenant.GetAsync<JsonElement>($"/v1/customers/{customer.Id}/messages")).GetProperty("data").EnumerateArray().Select(m => m.Text("state")).ToArray();
        Assert.That(messages, Is.Not.Empty.And.All.AnyOf("refused", "deferred"), "what was not sent says so");
    }

    [Test]
    public async Task Without_a_denial_each_path_does_send([ValueSource(nameof(Paths))] string path)
    {
        var tenant = await TestTenant.NewAsync();
        var customer = await SomeMessages.CustomerAsync(tenant);
        await SomeMessages.SayAsync(tenant, customer.Id);

        await paths[path](tenant, customer);

        Assert.That(await Mailbox.OfAsync(customer.Email!), Has.Length.EqualTo(1));
    }

    public static IEnumerable<string> Paths => paths.Keys;

    public static IEnumerable<string> Walks => from path in paths.Keys from denial in denials.Keys select $"{path} despite {denial}";

    private static Task SuppressAsync(TestTenant tenant, Customer customer) => tenant.WithScopeAsync(services => services.GetRequiredService<TenantDb>().ExecuteAsync(Suppress, new
    {
        Id = Guid.NewGuid().ToByteArray(), AddressKey = services.GetRequiredService<SuppressionKey>().Of(MessageChannel.Email, customer.Email!), CreatedAt = TestApi.Clock.GetUtcNow(),
    }, default));

    private static async Task<int> AttemptsAsync(TestTenant tenant)
    {
        var count = -1;
        await tenant.WithDbAsync(async db => count = await db.FindAsync<int>(CountAttempts, null, default));
        return count;
    }

    private const BindingFlags All = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    // Fields hold what constructors, closures and state machines keep; parameters and locals are the rest of where it could be named.
    private static bool Mentions(Type type, params Type[] wanted) =>
        type.GetFields(All).Any(field => wanted.Contains(field.FieldType))
        || type.GetConstructors(All).Cast<MethodBase>().Concat(type.GetMethods(All)).Any(method =>
            method.GetParameters().Any(parameter => wanted.Contains(parameter.ParameterType)) || (method.GetMethodBody()?.LocalVariables.Any(local => wanted.Contains(local.LocalType)) ?? false));

    private static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    private static readonly TenantSql Suppress = TenantSql.Of("""
        INSERT INTO Suppressions (TenantId, Id, Channel, AddressKey, Masked, Reason, Source, ActorKind, ActorName, CreatedAt)
        VALUES (@TenantId, @Id, 1, @AddressKey, 'a***', 4, 'test', 3, 'test', @CreatedAt)
        """);

    private static readonly TenantSql CountAttempts = TenantSql.Of("SELECT COUNT(*) FROM MessageAttempts a WHERE a.TenantId = @TenantId");
}
