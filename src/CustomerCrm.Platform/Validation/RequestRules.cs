using System.Collections;
using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using CustomerCrm.Platform.Batches;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Platform.Validation;

/// <summary>
/// Checks a request against its attributes, all the way down, and collects everything that is wrong.
/// (The framework's own validator names members as C# does, knows no codes and stops at the first missing member.)
/// </summary>
public sealed class RequestRules
{
    private static readonly ConcurrentDictionary<Type, RequestRules> known = new();
    private readonly Member[] members;
    private readonly bool hasRulesOfItsOwn;

    private RequestRules(Type type)
    {
        hasRulesOfItsOwn = typeof(IValidatableObject).IsAssignableFrom(type);
        members = [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.GetIndexParameters().Length == 0 && p.CanWrite).Select(p => new Member(p))];
    }

    private static RequestRules For(Type type) => known.GetOrAdd(type, static t => new RequestRules(t));

    /// <exception cref="ApiProblem">422, naming every field that is wrong.</exception>
    public static void Check(object request)
    {
        if (ErrorsOf(request) is { Count: > 0 } errors) throw ApiProblem.Invalid(errors);
    }

    /// <summary>What is wrong with a request, or with one item of a batch seen from the item.</summary>
    public static IReadOnlyList<FieldError> ErrorsOf(object item)
    {
        var errors = new List<FieldError>();
        For(item.GetType()).Check(item, "", errors);
        return errors;
    }

    private void Check(object target, string pointer, List<FieldError> errors)
    {
        var before = errors.Count;
        foreach (var member in members) member.Check(target, pointer, errors);
        if (!hasRulesOfItsOwn || errors.Count > before) return; // rules over several fields may rely on each being right
        foreach (var broken in ((IValidatableObject)target).Validate(new ValidationContext(target)))
            errors.Add(new FieldError(
                broken.MemberNames.FirstOrDefault() is { Length: > 0 } name ? PointerTo(pointer, name) : pointer,
                (broken as BrokenRule)?.Code ?? "invalid",
                broken.ErrorMessage ?? "The value is not valid."));
    }

    // A name may itself be a path: "Lines[2].Quantity".
    private static string PointerTo(string pointer, string path) =>
        path.Split('.', '[', ']').Where(part => part.Length > 0).Aggregate(pointer, JsonPointer.Add);

    private sealed class Member(PropertyInfo property)
    {
        private readonly ValidationAttribute[] rules = [.. property.GetCustomAttributes<ValidationAttribute>().Where(a => a is not RequiredAttribute)];
        private readonly bool isRequired = property.IsDefined(typeof(RequiredAttribute)) || property.IsDefined(typeof(RequiredMemberAttribute));

        private readonly bool mayBeBlank = property.IsDefined(typeof(MayBeBlankAttribute));

        private readonly bool isEnum = property.PropertyType.IsEnum;

        // Worked out once: where nothing is wrong, nobody reads it.
        private readonly string step = JsonPointer.Add("", property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? property.Name);

        private readonly bool answersByItem = property.IsDefined(typeof(AnsweredByItemAttribute));

        public void Check(object target, string parent, List<FieldError> errors)
        {
            var (value, mustBe) = (property.GetValue(target), isRequired);
            if (value is IChange change)
            {
                if (!change.IsSet) return;
                (value, mustBe) = (change.Value, isRequired || !change.MayBeNull);
            }
            if (value is null && !mustBe) return;

            if (value is null or "" && mustBe)
            {
                errors.Add(new FieldError(parent + step, "required", "A value is required."));
                return;
            }
            // A name that is none of them cannot be read, so this is a member that was left out.
            if (isEnum && !Enum.IsDefined(property.PropertyType, value!))
            {
                errors.Add(new FieldError(parent + step, "required", "A value is required."));
                return;
            }
            var before = errors.Count;
            foreach (var rule in rules)
                if (rule is EachTextAttribute each && value is IEnumerable<string?> texts) CheckEach(each, texts, parent + step, errors);
                else if (!rule.IsValid(value)) errors.Add(new FieldError(parent + step, CodeOf(rule, value!), SayingOf(rule, property.Name)));
            if (value is not string text) CheckInside(value!, parent + step, errors);
            else if (mustBe && !mayBeBlank && errors.Count == before && BlankText.Is(text)) errors.Add(new FieldError(parent + step, "blank", "The text says nothing: it is all white space."));
        }

        private void CheckEach(EachTextAttribute rule, IEnumerable<string?> texts, string pointer, List<FieldError> errors)
        {
            foreach (var (i, text) in texts.Index())
                if (!rule.IsValid(text)) errors.Add(new FieldError(At(pointer, i), rule.Code, SayingOf(rule, property.Name)));
        }

        private void CheckInside(object value, string pointer, List<FieldError> errors)
        {
            if (IsOurs(value.GetType())) For(value.GetType()).Check(value, pointer, errors);
            else if (value is IDictionary { Count: > 0 } named)
            {
                foreach (DictionaryEntry one in named)
                    if (one.Value is null) errors.Add(new FieldError($"{pointer}/{JsonPointer.Escape((string)one.Key)}", "required", "A value is required."));
                    else if (IsOurs(one.Value.GetType())) For(one.Value.GetType()).Check(one.Value, $"{pointer}/{JsonPointer.Escape((string)one.Key)}", errors);
            }
            else if (value is IEnumerable many and not string)
            {
                var i = 0;
                foreach (var one in many)
                {
                    var at = At(pointer, i++);
                    if (one is null) errors.Add(new FieldError(at, "required", "A value is required."));
                    else if (!answersByItem && IsOurs(one.GetType())) For(one.GetType()).Check(one, at, errors);
                }
            }
        }

        private static string At(string list, int index) => string.Create(CultureInfo.InvariantCulture, $"{list}/{index}");

        private static bool IsOurs(Type type) =>
            type.IsClass && type != typeof(string) && type.Namespace?.StartsWith("CustomerCrm", StringComparison.Ordinal) == true;

        private static string CodeOf(ValidationAttribute rule, object value) => rule switch
        {
            ICoded coded => coded.Code,
            StringLengthAttribute length => value is string text && text.Length < length.MinimumLength ? "too_short" : "too_long",
            MaxLengthAttribute => value is string ? "too_long" : "too_many",
            MinLengthAttribute => value is string ? "too_short" : "too_few",
            RangeAttribute => "out_of_range",
            EmailAddressAttribute => "email_invalid",
            _ => "invalid",
        };

        private static string SayingOf(ValidationAttribute rule, string name) => rule switch
        {
            StringLengthAttribute { MinimumLength: > 0 } l => $"Between {l.MinimumLength} and {l.MaximumLength} characters.",
            StringLengthAttribute l => $"At most {l.MaximumLength} characters.",
            MaxLengthAttribute l => $"At most {l.Length}.",
            MinLengthAttribute l => $"At least {l.Length}.",
            RangeAttribute r => $"Between {r.Minimum} and {r.Maximum}.",
            EmailAddressAttribute => "Not an e-mail address.",
            _ => rule.FormatErrorMessage(name),
        };
    }
}
