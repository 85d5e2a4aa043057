using CustomerCrm.Customers;
using CustomerCrm.Customers.Contacting;
using CustomerCrm.Customers.Identities.Forms;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.ContactPolicy;

/// <summary>Who is meant, and where they are written to: a customer's primary address, another one of theirs, or an address that is nobody's.</summary>
public sealed class Addresses(TenantDb db)
{
    /// <summary>
    /// An address that a customer has is that customer's, whether the caller says so or not: else the policy could be gone round by leaving the
    /// customer out.
    /// </summary>
    /// <exception cref="ApiProblem">404: no such customer. 422: no address, or not one of the customer's.</exception>
    public async Task<(Id<Customer>? CustomerId, string? To)> FindAsync(Id<Customer>? customerId, string? to, MessageChannel channel, CancellationToken ct)
    {
        var given = to is null ? null : Read(to, channel);
        if (customerId is not { } id)
        {
            if (given is null) throw ApiProblem.Invalid("/customer_id", "one_needed", "Say whom to write to: customer_id, to or both.");
            return (await OwnerOfAsync(given, channel, ct), given);
        }
        var customer = await db.FindAsync<Known>(ById, new { CustomerId = id }, ct) ?? throw ApiProblem.NotFound("customer");
        if (given is null) return (id, channel == MessageChannel.Sms ? customer.Phone : customer.Email);
        if (await OwnerOfAsync(given, channel, ct) != id) throw ApiProblem.Invalid("/to", "not_the_customers", "This is none of the customer's own addresses.");
        return (id, given);
    }

    private Task<Id<Customer>?> OwnerOfAsync(string address, MessageChannel channel, CancellationToken ct) => db.FindAsync<Id<Customer>?>(OwnerOf, new
    {
        Kind = channel == MessageChannel.Sms ? IdentityKind.Phone : IdentityKind.Email,
        ValueKey = System.Text.Encoding.UTF8.GetBytes(channel == MessageChannel.Sms ? address : EmailKey.Of(address)),
    }, ct);

    private static string Read(string to, MessageChannel channel)
    {
        if (channel == MessageChannel.Sms)
            return PhoneNumber.Read(to, country: null) is var phone && phone.Value is { } number ? number.E164 : throw ApiProblem.Invalid("/to", phone.Code, phone.Detail);
        return EmailAddress.Read(to) is var email && email.Value is { } address ? address.Text : throw ApiProblem.Invalid("/to", email.Code, email.Detail);
    }

    private sealed record Known
    {
        public string? Email { get; init; }
        public string? Phone { get; init; }
    }

    private static readonly TenantSql ById = TenantSql.Of("SELECT c.Email, c.Phone FROM Customers c WHERE c.TenantId = @TenantId AND c.Id = @CustomerId");

    private static readonly TenantSql OwnerOf = TenantSql.Of("""
        SELECT i.CustomerId
        FROM Identities i
        WHERE i.TenantId = @TenantId
          AND i.Kind = @Kind
          AND i.Source = ''
          AND i.ValueKey = @ValueKey
        """);
}
