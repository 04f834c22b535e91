#nullable enable

using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Dapr;

/// <summary>Shows an envelope's attributes to the endpoint as headers.</summary>
internal static class CloudEventHeaders
{
    // The data itself, and what Dapr sends as headers anyway.
    private static readonly string[] NeverForwarded = ["data", "data_base64", "datacontenttype", "pubsubname", "traceparent"];

    public static void Forward(in ReadOnlySequence<byte> json, IHeaderDictionary headers, CloudEventsMiddlewareOptions options)
    {
        using var envelope = JsonDocument.Parse(json);
        foreach (var attribute in envelope.RootElement.EnumerateObject())
        {
            if (IsForwarded(attribute.Name, options))
                headers.TryAdd($"Cloudevent.{attribute.Name.ToLowerInvariant()}", attribute.Value.GetRawText().Trim('"'));
        }
    }

    private static bool IsForwarded(string name, CloudEventsMiddlewareOptions options) =>
        !Contains(NeverForwarded, name)
        && (options.IncludedCloudEventPropertiesAsHeaders is { } included
            ? Contains(included, name)
            : options.ExcludedCloudEventPropertiesFromHeaders is not { } excluded || !Contains(excluded, name));

    private static bool Contains(string[] names, string name) => names.Contains(name, StringComparer.OrdinalIgnoreCase);
}
