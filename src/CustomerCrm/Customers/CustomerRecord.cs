using CustomerCrm.Platform.Records;

namespace CustomerCrm.Customers;

/// <summary>
/// Every table with rows that hang on a customer: what goes into the bin with it and comes back with it. A test holds this list
/// equal to the schema. A row is known in one table only by its key, so a new table is a new line, after those it points to.
/// An import that is undone leaves customers alone who have rows in these tables, but for those that are of the customer itself.
/// </summary>
internal static class CustomerRecord
{
    private static readonly RecordTable orders = new("Orders", "CustomerId") { Resource = "order", KnownBy = "ExternalId" };
    private static readonly RecordTable tickets = new("Tickets", "CustomerId") { Resource = "ticket", KnownBy = "Subject" };
    private static readonly RecordTable messages = new("Messages", "CustomerId") { Resource = "message", PointsTo = To("TemplateVersionId", "TemplateVersions") };
    private static readonly RecordTable interactions = new("Interactions", "CustomerId") { Resource = "interaction", KnownBy = "ExternalId" };

    private static readonly RecordTable answers = new("SurveyResponses", "CustomerId") { Resource = "survey_response", PointsTo = new Dictionary<string, string> { ["SurveyId"] = "Surveys" } };
    private static readonly RecordTable invitations = new("SurveyInvitations", "CustomerId") { PointsTo = new Dictionary<string, string> { ["SurveyId"] = "Surveys" } };
    private static readonly RecordTable conversations = new("Conversations", "CustomerId") { Resource = "conversation" };

    public static RecordKind Kind { get; } = new("customer", Customer.Prefix,
    [
        new("Customers", "Id") { Resource = "customer" },
        new("Identities", "CustomerId") { IsOfItself = true, Resource = "identity", KnownBy = "Value" },
        new("CustomerWords", "CustomerId") { IsOfItself = true },
        new("CustomerFields", "CustomerId") { IsOfItself = true },
        new("CustomerFieldValues", "CustomerId") { IsOfItself = true, PointsTo = To("FieldId", "CustomFields") },
        new("CustomerTags", "CustomerId") { PointsTo = To("TagId", "Tags") },
        interactions,
        new("InteractionFields", "InteractionId") { Through = interactions, PointsTo = To("InteractionId", "Interactions") },
        new("InteractionFieldValues", "InteractionId") { Through = interactions, PointsTo = new Dictionary<string, string> { ["InteractionId"] = "Interactions", ["FieldId"] = "CustomFields" } },
        new("InteractionSentiments", "InteractionId") { Through = interactions, PointsTo = To("InteractionId", "Interactions") },
        orders,
        new("OrderLines", "OrderId") { Through = orders, PointsTo = To("OrderId", "Orders") },
        new("OrderFields", "OrderId") { Through = orders, PointsTo = To("OrderId", "Orders") },
        new("OrderFieldValues", "OrderId") { Through = orders, PointsTo = new Dictionary<string, string> { ["OrderId"] = "Orders", ["FieldId"] = "CustomFields" } },
        new("OrderTags", "OrderId") { Through = orders, PointsTo = new Dictionary<string, string> { ["OrderId"] = "Orders", ["TagId"] = "Tags" } },
        new("Refunds", "CustomerId") { Resource = "refund", KnownBy = "ExternalId", PointsTo = To("OrderId", "Orders") },
        new("CustomerFigures", "CustomerId") { IsOfItself = true },
        new("CustomerScores", "CustomerId") { IsOfItself = true, PointsTo = To("FitId", "Fits") },
        new("SegmentMembers", "CustomerId") { ByHand = "EXISTS (SELECT 1 FROM Segments g WHERE g.TenantId = t.TenantId AND g.Id = t.SegmentId AND g.Kind = 1)", PointsTo = To("SegmentId", "Segments") },
        new("FieldChanges", "CustomerId") { IsOfItself = true },
        new("Visitors", "CustomerId") { Resource = "visitor", KnownBy = "AnonymousKey" },
        new("TrackedEvents", "CustomerId") { Resource = "tracked_event", KnownBy = "UniqueId" },
        new("ProductSales", "CustomerId") { IsOfItself = true, PointsTo = To("ProductId", "Products") },
        new("CompanyPeople", "CustomerId") { Resource = "company", Yields = "IsPrimary", PointsTo = To("CompanyId", "Companies") },
        new("ConsentEntries", "CustomerId") { Resource = "consent_entry", KnownBy = "ExternalId" },
        new("ConsentStates", "CustomerId"),
        new("Notes", "CustomerId") { Resource = "note", PointsTo = new Dictionary<string, string> { ["CompanyId"] = "Companies", ["OrderId"] = "Orders" } },
        new("Tasks", "CustomerId") { Resource = "task" },
        tickets,
        new("TicketFields", "TicketId") { Through = tickets, PointsTo = To("TicketId", "Tickets") },
        new("TicketFieldValues", "TicketId") { Through = tickets, PointsTo = new Dictionary<string, string> { ["TicketId"] = "Tickets", ["FieldId"] = "CustomFields" } },
        new("TicketTags", "TicketId") { Through = tickets, PointsTo = new Dictionary<string, string> { ["TicketId"] = "Tickets", ["TagId"] = "Tags" } },
        new("TicketLinks", "TicketId") { Through = tickets, PointsTo = To("TicketId", "Tickets") },
        new("TicketMoves", "TicketId") { Through = tickets, PointsTo = To("TicketId", "Tickets") },
        new("TicketViewers", "TicketId") { Through = tickets, PointsTo = To("TicketId", "Tickets") },
        new("SlaClocks", "TicketId") { Through = tickets, PointsTo = To("TicketId", "Tickets") },
        new("SlaEntries", "TicketId") { Through = tickets, PointsTo = To("TicketId", "Tickets") },
        new("SlaAlerts", "TicketId") { Through = tickets, PointsTo = To("TicketId", "Tickets") },
        new("SlaAcknowledgements", "TicketId") { Through = tickets, PointsTo = To("TicketId", "Tickets") },
        new("Reminders", "TicketId") { Through = tickets, PointsTo = To("TicketId", "Tickets") },
        new("RoutingWaits", "TicketId") { Through = tickets, PointsTo = To("TicketId", "Tickets") },
        new("RoutingDecisions", "TicketId") { Through = tickets, PointsTo = To("TicketId", "Tickets") },
        new("RoutingRefusals", "TicketId") { Through = tickets, PointsTo = To("TicketId", "Tickets") },
        new("TicketTopics", "TicketId") { Through = tickets, PointsTo = To("TicketId", "Tickets") },
        new("ServiceTickets", "TicketId") { Through = tickets, PointsTo = To("TicketId", "Tickets") },
        new("ServiceReplies", "TicketId") { Through = tickets, PointsTo = To("TicketId", "Tickets") },
        new("CheckInRuns", "CustomerId") { IsOfItself = true, PointsTo = To("CheckInId", "CheckIns") },
        new("AutomationFirings", "CustomerId") { IsOfItself = true, PointsTo = To("RuleId", "AutomationRules") },
        new("ContactTurns", "CustomerId") { IsOfItself = true },
        messages,
        new("MessageContents", "MessageId") { Through = messages },
        new("MessageAttempts", "MessageId") { Through = messages },
        new("MessageReports", "MessageId") { Through = messages },
        invitations,
        new("SurveyDrafts", "InvitationId") { Through = invitations, PointsTo = To("InvitationId", "SurveyInvitations") },
        answers,
        new("SurveyAnswers", "ResponseId") { Through = answers, PointsTo = To("ResponseId", "SurveyResponses") },
        new("SurveyResponseGroups", "ResponseId") { Through = answers, PointsTo = To("ResponseId", "SurveyResponses") },
        new("SurveyFollowUps", "ResponseId") { Through = answers, PointsTo = To("ResponseId", "SurveyResponses") },
        conversations,
        new("ConversationEntries", "ConversationId") { Through = conversations },
        new("ConversationReads", "ConversationId") { Through = conversations },
        new("ConversationMentions", "ConversationId") { Through = conversations },
        new("ConversationTyping", "ConversationId") { Through = conversations },
        new("ConversationMedia", "ConversationId") { Through = conversations },
        new("ChatVisitors", "ConversationId") { Through = conversations },
        new("BotSessions", "ConversationId") { Through = conversations },
        new("BotTurns", "ConversationId") { Through = conversations },
        new("Attachments", "ConversationId") { Through = conversations, Resource = "attachment", KnownBy = "FileName" },
    ]);

    private static Dictionary<string, string> To(string column, string table) => new() { [column] = table };
}
