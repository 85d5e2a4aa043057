using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Http;

namespace CustomerCrm.PersonalData;

internal static class PersonalDataRoutes
{
    /// <summary>What is held of one person, whole.</summary>
    public static void MapPersonalData(this IEndpointRouteBuilder api) =>
        api.MapGet("/customers/{customer_id}/personal_data", ShowPersonalData.Handle).WithTags("PersonalData").Needs("exports:read").Describe("Copy a customer's data",
            "Everything that is kept of one customer as one JSON document, to be sent to who asks for it (GDPR, articles 15 and 20): the customer, and every row of every table that hangs on them. In `records` ids are UUIDs; words of a fixed list are those of the API: `paid`, `email`.");
}
