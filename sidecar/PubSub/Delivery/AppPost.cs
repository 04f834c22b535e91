using System.Net.Http.Headers;
using System.Text;
using Resort.Sidecar.Invocation;

namespace Resort.Sidecar.PubSub.Delivery;

/// <summary>The request that a delivery makes to the app.</summary>
internal static class AppPost
{
    private static readonly HashSet<string> notPassedOn = new(StringComparer.OrdinalIgnoreCase)
    {
        "connection", "content-length", "expect", "host", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade",
    };

    /// <summary>
    /// Posts an event; the publisher's metadata goes along as headers, as far as it can be one. Gives the answer's status and, if that is good, its body, which is empty
    /// when it breaks off.
    /// </summary>
    /// <exception cref="HttpRequestException">The app cannot be reached, or breaks off before it answers.</exception>
    /// <exception cref="AppUnhealthyException">Health checks say that the app must not be called.</exception>
    public static async Task<(int Status, byte[] Body)> SendAsync(
        AppChannel app, string path, byte[] body, string contentType, string pubsub, string? traceParent, IEnumerable<KeyValuePair<string, string>> metadata, CancellationToken cancel)
    {
        using var request = app.Request(HttpMethod.Post, path);
        request.Content = new ByteArrayContent(body);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(contentType);
        foreach (var (name, value) in metadata)
            if (!notPassedOn.Contains(name) && value.AsSpan().IndexOfAny('\r', '\n', '\0') < 0) request.Headers.TryAddWithoutValidation(name, HeaderText(value));
        request.Headers.TryAddWithoutValidation("pubsubname", pubsub);
        if (traceParent is not null)
        {
            request.Headers.Remove("traceparent");
            request.Headers.TryAddWithoutValidation("traceparent", traceParent);
        }
        using var answer = await app.SendAsync(request, cancel);
        var status = (int)answer.StatusCode;
        if (!answer.IsSuccessStatusCode || answer.Content.Headers.ContentLength == 0) return (status, []);
        try { return (status, await answer.Content.ReadAsByteArrayAsync(cancel)); }
        catch (Exception e) when (e is HttpRequestException or IOException) { return (status, []); }
    }

    /// <summary>A text as the bytes of its UTF-8: the channel sends each char of a header as one byte.</summary>
    private static string HeaderText(string value) => Ascii.IsValid(value) ? value : Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(value));
}
