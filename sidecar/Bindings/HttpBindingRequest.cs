using System.Buffers;
using System.Net.Http.Headers;
using Resort.Sidecar.Invocation;

namespace Resort.Sidecar.Bindings;

/// <summary>
/// Writes the request of an operation: metadata <c>path</c> goes behind the URL, names that begin with a capital letter are headers, and the data
/// is the body where the verb has one.
/// </summary>
internal static class HttpBindingRequest
{
    private const string Json = "application/json; charset=utf-8";
    private static readonly string[] traceHeaders = ["traceparent", "tracestate", "baggage"];

    /// <summary>What the HTTP client sets by itself, here and in daprd.</summary>
    private static readonly string[] framing = ["Host", "Content-Length", "Transfer-Encoding", "Trailer"];

    private static readonly SearchValues<char> nameChars = SearchValues.Create("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    /// <exception cref="BindingException">The address or a header is none.</exception>
    public static HttpRequestMessage Write(BindingRequest request, HttpBindingSettings settings)
    {
        var verb = HttpMethod.Parse(request.Operation == "create" ? "POST" : request.Operation.ToUpperInvariant());
        var message = new HttpRequestMessage(verb, Address(verb, request, settings.Url));
        if (verb == HttpMethod.Post || verb == HttpMethod.Put || verb == HttpMethod.Patch)
        {
            message.Content = new ReadOnlyMemoryContent(request.Data);
            message.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(Json);
        }
        message.Headers.TryAddWithoutValidation("Accept", Json);
        if (settings.SecurityToken is (var header, var token)) Set(message, header, token);
        foreach (var (name, value) in request.Metadata)
            if (name is [>= 'A' and <= 'Z', ..] && !framing.Contains(name, StringComparer.OrdinalIgnoreCase)) Set(message, name, value);
        foreach (var name in traceHeaders)
            if (request.Metadata.GetValueOrDefault(name) is { Length: > 0 } value) Set(message, name, value);
        return message;
    }

    /// <summary>A failure as daprd words it: <c>Post "http://127.0.0.1:8081/x": …</c>.</summary>
    public static string Failed(HttpMethod verb, string address, string cause) => $"{verb.Method[0]}{verb.Method[1..].ToLowerInvariant()} \"{address}\": {cause}";

    private static Uri Address(HttpMethod verb, BindingRequest request, string url)
    {
        if (request.Metadata.GetValueOrDefault("path") is { Length: > 0 } path) url = $"{url.TrimEnd('/')}/{path.TrimStart('/')}";
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            throw new BindingException(Failed(verb, url, $"unsupported protocol scheme \"{address?.Scheme}\""));
        return address;
    }

    private static void Set(HttpRequestMessage message, string name, string value)
    {
        var cause = name.AsSpan().ContainsAnyExcept(nameChars) ? $"invalid header field name \"{name}\""
            : value.Any(c => char.IsControl(c) && c != '\t') ? $"invalid header field value for \"{name}\""
            : null;
        if (cause is not null) throw new BindingException(Failed(message.Method, message.RequestUri!.OriginalString, $"net/http: {cause}"));
        OutgoingRequest.Set(message, name, value);
    }
}
