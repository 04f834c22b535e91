using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Resort.Sidecar.Hosting;
using Resort.Sidecar.Tracing;

namespace Resort.Sidecar.Api;

/// <summary>One request to the Dapr API: its decoded route values, metadata and body, and the ways to answer it.</summary>
internal sealed class ApiContext(HttpContext http, DaprRuntime runtime, string escapedPath)
{
    private const string MetadataPrefix = "metadata.";
    private readonly List<KeyValuePair<string, string>> values = [];
    private Dictionary<string, string>? metadata;

    public HttpContext Http => http;
    public DaprRuntime Runtime => runtime;

    /// <summary>The request's trace context; nothing for health.</summary>
    public RequestTrace Trace { get; init; } = RequestTrace.Silent;
    public CancellationToken Aborted => http.RequestAborted;

    /// <summary>The path as it was sent, still escaped, double slashes collapsed.</summary>
    public string EscapedPath => escapedPath;

    /// <summary>A decoded segment of the path, by the name it has in the route's pattern.</summary>
    public string this[string name]
    {
        get
        {
            foreach (var value in values) if (value.Key == name) return value.Value;
            throw new KeyNotFoundException($"the route has no {{{name}}}");
        }
    }

    /// <summary>The query's <c>metadata.*</c> entries without that prefix; of repeated ones the first counts.</summary>
    public Dictionary<string, string> Metadata => metadata ??= ReadMetadata();

    /// <summary>A query parameter (the first of that name, which is told by case too), or null.</summary>
    public string? Query(string name)
    {
        foreach (var pair in new QueryStringEnumerable(http.Request.QueryString.Value))
            if (pair.DecodeName().Span.SequenceEqual(name)) return pair.DecodeValue().ToString();
        return null;
    }

    public void AddRouteValue(string name, string value) => values.Add(new(name, value));

    /// <summary>The whole body. A failure to read it (above <c>--max-body-size</c>: <c>stream too large</c>) becomes the endpoint's own error.</summary>
    /// <exception cref="DaprException">The body is too large or was broken off.</exception>
    public async Task<ReadOnlyMemory<byte>> ReadBodyAsync(Func<string, DaprError> failure)
    {
        try { return await BodyReader.ReadAsync(http.Request, runtime.Options.MaxBodySize, Aborted); }
        catch (BodyTooLargeException) { throw new DaprException(failure("stream too large")); }
        catch (IOException e) { throw new DaprException(failure(e.Message)); } // what Kestrel says of bad chunks, and of a body that is shorter than promised
    }

    /// <summary>204 without a body.</summary>
    public Task NoContent()
    {
        http.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    /// <summary>A JSON answer whose bytes are known.</summary>
    public async Task Json(ReadOnlyMemory<byte> json, int status = StatusCodes.Status200OK)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = json.Length;
        await http.Response.Body.WriteAsync(json, Aborted);
    }

    /// <summary>A JSON answer that is written value by value.</summary>
    public Task Json(Action<Utf8JsonWriter> write, int status = StatusCodes.Status200OK)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, JsonText.WriterOptions)) write(writer);
        return Json(buffer.WrittenMemory, status);
    }

    /// <summary>An error answer.</summary>
    public Task Error(DaprError error) => Json(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("errorCode", error.ErrorCode);
        writer.WriteString("message", error.Message);
        if (error.Details is { } details)
        {
            writer.WritePropertyName("details");
            details.WriteTo(writer);
        }
        writer.WriteEndObject();
    }, error.Status);

    /// <summary>A plain-text answer, as the HTTP server below the API gives it.</summary>
    public async Task Text(string text, int status)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/plain; charset=utf-8";
        await http.Response.WriteAsync(text, Aborted);
    }

    private Dictionary<string, string> ReadMetadata()
    {
        var found = new Dictionary<string, string>();
        if (!http.Request.QueryString.HasValue) return found;
        foreach (var pair in new QueryStringEnumerable(http.Request.QueryString.Value))
            if (pair.DecodeName().ToString() is { } name && name.StartsWith(MetadataPrefix, StringComparison.Ordinal))
                found.TryAdd(name[MetadataPrefix.Length..], pair.DecodeValue().ToString());
        return found;
    }
}
