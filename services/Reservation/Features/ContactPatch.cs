using System.Text.Json;
using Resort.Contracts;

namespace Resort.Reservation.Features;

/// <summary>The form of the patch.</summary>
internal sealed record ContactChange
{
    public string? Phone { get; init; }
    public string? Email { get; init; }
    public string? Needs { get; init; }
}

/// <summary>A merge patch (RFC 7396) of what a guest may change: what is absent stays, null removes.</summary>
internal sealed class ContactPatch
{
    private static readonly Dictionary<string, Func<Stay, string?, Stay>> fields = new(StringComparer.OrdinalIgnoreCase)
    {
        ["phone"] = (stay, value) => stay with { Phone = value ?? "" }, // without one the rules refuse it
        ["email"] = (stay, value) => stay with { Email = value },
        ["needs"] = (stay, value) => stay with { Needs = value },
    };

    private readonly List<(string Field, string? Value)> changes = [];

    /// <summary>Reads the body; what is wrong goes to <paramref name="errors"/>, by field.</summary>
    public static ContactPatch Read(JsonElement body, Dictionary<string, string[]> errors)
    {
        var patch = new ContactPatch();
        if (body.ValueKind is not JsonValueKind.Object)
            errors["body"] = ["is not a JSON object of the expected form."];
        else
            foreach (var (field, value) in body.EnumerateObject().Select(property => (property.Name, property.Value)))
            {
                if (!fields.ContainsKey(field))
                    errors[field] = [$"cannot be changed, but {string.Join(", ", fields.Keys)} can."];
                else if (value.ValueKind is not (JsonValueKind.String or JsonValueKind.Null))
                    errors[field] = ["must be a text or null."];
                else
                    patch.changes.Add((field, value.GetString()));
            }
        return patch;
    }

    public Stay Apply(Stay stay) => changes.Aggregate(stay, (changed, change) => fields[change.Field](changed, change.Value));
}
