using System.Text.Json;
using System.Text.Json.Serialization;

namespace Resort.Defaults;

/// <summary>JSON as it is on the wire and in the stores: lower-case names, absent instead of null, numbers that are numbers.</summary>
public static class WireJson
{
    public static JsonSerializerOptions Options { get; } = Create();

    public static void Apply(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = LowerCase.Policy;
        options.PropertyNameCaseInsensitive = true;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
    }

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions();
        Apply(options);
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    private sealed class LowerCase : JsonNamingPolicy
    {
        public static readonly LowerCase Policy = new();

        public override string ConvertName(string name) => name.ToLowerInvariant();
    }
}
