using System.Text.Json;

namespace Resort.Tests.Harness;

/// <summary>Reads answers that may have a field or not yet: events come in any order, and a view has only what it was told.</summary>
public static class JsonFields
{
    /// <summary>The field's text; null if it is missing or null.</summary>
    public static string? Text(this JsonElement json, string field) =>
        json.TryGetProperty(field, out var value) && value.ValueKind != JsonValueKind.Null ? value.ToString() : null;
}
