using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Http.Features;
using Resort.Sidecar.Api;
using Resort.Sidecar.Tracing;

namespace Resort.Sidecar.Invocation;

/// <summary>A caller's request as it goes on to an app: verb, path, headers and body. It can be written out again for each attempt.</summary>
internal sealed class OutgoingRequest
{
    private const string TraceParent = "traceparent";
    private readonly HttpRequest original;
    private readonly RequestTrace trace;
    private readonly long limit;
    private ReadOnlyMemory<byte>? kept;

    /// <exception cref="InvocationException">The method cannot be a path.</exception>
    /// <exception cref="BodyTooLargeException">The body is larger than <paramref name="limit"/> bytes.</exception>
    public OutgoingRequest(HttpRequest original, string method, string query, long limit, RequestTrace trace)
    {
        (this.original, this.limit, this.trace) = (original, limit, trace);
        if (original.ContentLength > limit) throw new BodyTooLargeException();
        var path = MethodPath.Escape(method);
        (PathAndQuery, Operation) = (path + query, MethodPath.Operation(path));
        Verb = original.Method.ToUpperInvariant() switch
        {
            "GET" => HttpMethod.Get,
            "HEAD" => HttpMethod.Head,
            "PUT" => HttpMethod.Put,
            "DELETE" => HttpMethod.Delete,
            "OPTIONS" => HttpMethod.Options,
            "TRACE" => HttpMethod.Trace,
            "PATCH" => HttpMethod.Patch,
            _ => HttpMethod.Post, // Dapr knows no others
        };
        IsStream = original.ContentLength is null && HasBody;
    }

    public HttpMethod Verb { get; }

    /// <summary>Begins with a slash.</summary>
    public string PathAndQuery { get; }

    /// <summary>The path as the app will understand it, for access control: decoded, without a slash in front.</summary>
    public string Operation { get; }

    /// <summary>How often it has been written out.</summary>
    public int Attempts { get; private set; }

    /// <summary>The body has no known length: it is passed on as it comes and can be sent only once.</summary>
    public bool IsStream { get; }

    private bool HasBody => original.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody ?? false;

    /// <summary>Keeps the body for further attempts.</summary>
    public async Task KeepBodyAsync(CancellationToken cancel)
    {
        if (original.ContentLength > 0) kept = await BodyReader.ReadAsync(original, limit, cancel);
    }

    /// <summary>Writes headers and body; the body of a caller is read while it is sent, unless it is kept.</summary>
    public void CopyTo(HttpRequestMessage message)
    {
        Attempts++;
        message.Version = HttpVersion.Version11;
        message.Content = Body();
        var connection = original.Headers.Connection.ToString();
        foreach (var (name, values) in original.Headers)
        {
            if (HeaderRules.RequestName(name) is not { } passedOn || HeaderRules.IsNominated(name, connection)) continue;
            if (values.Count == 1) Add(message, passedOn, values[0]!);
            else foreach (var value in values) Add(message, passedOn, value!);
        }
        if (trace.ForApps is { } context) Set(message, TraceParent, context);
    }

    /// <summary>Begins the callee's span, if its sidecar makes spans: the app is then called in its context.</summary>
    public Activity? BeginCall(SidecarTracing callee, string appId, HttpRequestMessage message)
    {
        var given = message.Headers.NonValidated.TryGetValues(TraceParent, out var values) ? values.ToString() : "";
        var span = callee.BeginCall(appId, Operation, given);
        if (span is not null) Set(message, TraceParent, span.Id!);
        return span;
    }

    /// <summary>Without a body, only verbs that usually have one announce that it is empty, without a length, as daprd does.</summary>
    private HttpContent? Body()
    {
        if (kept is { } body) return new ReadOnlyMemoryContent(body);
        if (HasBody) return new CallerBody(original, limit);
        return Verb == HttpMethod.Post || Verb == HttpMethod.Put || Verb == HttpMethod.Patch ? new StreamContent(Stream.Null) { Headers = { ContentLength = null } } : null;
    }

    /// <summary>Puts a header in the place of those of that name.</summary>
    public static void Set(HttpRequestMessage message, string name, string value)
    {
        // removing a name from the collection to which it cannot belong is an exception
        if (message.Headers.NonValidated.Contains(name)) message.Headers.Remove(name);
        if (message.Content is { } content && content.Headers.NonValidated.Contains(name)) content.Headers.Remove(name);
        Add(message, name, value);
    }

    /// <summary>Headers of the content are refused by the other collection, and the other way round; a request without a body may have them too.</summary>
    public static void Add(HttpRequestMessage message, string name, string value)
    {
        if (!message.Headers.TryAddWithoutValidation(name, value)) (message.Content ??= new ByteArrayContent([])).Headers.TryAddWithoutValidation(name, value);
    }
}
