using CustomerCrm.AutomationRules.Actions;
using CustomerCrm.CustomFields;

namespace CustomerCrm.Metadata;

/// <summary>What there is to show, to ask and to choose, for this tenant: forms, filters and rules can be built from it.</summary>
public sealed record TenantMetadata
{
    /// <summary>Every list there is.</summary>
    public required IReadOnlyList<Resource> Resources { get; init; }

    public required SegmentQuestions Segments { get; init; }

    /// <summary>What automation rules can do.</summary>
    public required IReadOnlyList<ListRuleActions.ActionKind> RuleActions { get; init; }

    /// <summary>Something that can be listed.</summary>
    public sealed record Resource
    {
        /// <example>customers</example>
        public required string Name { get; init; }

        /// <example>/v1/customers</example>
        public required string Path { get; init; }

        public required IReadOnlyList<Field> Fields { get; init; }
    }

    /// <summary>Something a row shows or can be asked for.</summary>
    /// <example>{"name":"custom_fields.loyalty_tier","label":"Loyalty tier","type":"choice","is_custom":true,"is_shown":true,"is_sortable":true,"operators":[{"name":"eq","takes_many":false,"example":"gold"}],"choices":[{"name":"gold","label":"Gold","is_retired":false}],"currency":null,"references_to":null}</example>
    public sealed record Field
    {
        /// <summary>As in filters and orders; of a field of the tenant's own with <c>custom_fields.</c> before it.</summary>
        public required string Name { get; init; }

        /// <summary>What people read; null where the name says it.</summary>
        public string? Label { get; init; }

        /// <summary>text, integer, number, money, boolean, time, date, choice, id, reference, list or object.</summary>
        public required string Type { get; init; }

        /// <summary>Whether the tenant has made it.</summary>
        public required bool IsCustom { get; init; }

        /// <summary>Whether rows show it; else it can only be asked for.</summary>
        public required bool IsShown { get; init; }

        /// <summary>Whether <c>sort</c> takes it, and it with a minus.</summary>
        public required bool IsSortable { get; init; }

        /// <summary>How it can be filtered: <c>filter[NAME][OPERATOR]=</c>.</summary>
        public required IReadOnlyList<FilterOperator> Operators { get; init; }

        /// <summary>Of a choice, what there is to choose from; null for any other type.</summary>
        public IReadOnlyList<Choice>? Choices { get; init; }

        /// <summary>Of money: what its minor units are of.</summary>
        public string? Currency { get; init; }

        /// <summary>Of a reference: to what.</summary>
        public CustomFieldResource? ReferencesTo { get; init; }
    }

    /// <summary>A way to filter by a field.</summary>
    public sealed record FilterOperator
    {
        /// <example>gte</example>
        public required string Name { get; init; }

        /// <summary>Several values, with commas between.</summary>
        public required bool TakesMany { get; init; }

        /// <summary>A value as it stands in the address, before it is escaped.</summary>
        /// <example>100</example>
        public required string Example { get; init; }
    }

    public sealed record Choice
    {
        /// <summary>The value.</summary>
        /// <example>gold</example>
        public required string Name { get; init; }

        /// <example>Gold</example>
        public required string Label { get; init; }

        /// <summary>It can be asked for, but not set any more.</summary>
        public required bool IsRetired { get; init; }
    }

    /// <summary>What the rule of a segment can ask.</summary>
    public sealed record SegmentQuestions
    {
        /// <summary>For tests of the form <c>field</c>, <c>op</c>, <c>value</c>.</summary>
        public required IReadOnlyList<Question> Fields { get; init; }

        /// <summary>The other tests a rule knows, by the member they stand in.</summary>
        /// <example>["orders","interactions"]</example>
        public required IReadOnlyList<string> Tests { get; init; }
    }

    /// <summary>A field that a rule can ask for.</summary>
    /// <example>{"name":"custom_fields.loyalty_tier","label":"Loyalty tier","type":"choice","is_custom":true,"operators":[{"name":"eq","example":"gold"},{"name":"in","example":["gold"]}],"choices":[{"name":"gold","label":"Gold","is_retired":false}]}</example>
    public sealed record Question
    {
        public required string Name { get; init; }
        public string? Label { get; init; }

        /// <summary>For people: text, whole number, number, time, day, choice …</summary>
        public required string Type { get; init; }

        public required bool IsCustom { get; init; }
        public required IReadOnlyList<QuestionOperator> Operators { get; init; }
        public IReadOnlyList<Choice>? Choices { get; init; }
    }

    /// <summary>A way to ask for a field.</summary>
    /// <example>{"name":"in","example":["gold"]}</example>
    public sealed record QuestionOperator
    {
        public required string Name { get; init; }

        /// <summary>A <c>value</c> that goes with it.</summary>
        public required object Example { get; init; }
    }
}
