using System.Text;

namespace Resort.Tests.Sidecar.Fuzzing;

/// <summary>The bytes of one HTTP/1.1 request with something wrong in it.</summary>
/// <param name="Bytes">Request line, headers and body as they go over the wire.</param>
/// <param name="Incomplete">Whether it promises more than it sends, so that the server may wait.</param>
internal sealed record MalformedRequest(byte[] Bytes, bool Incomplete)
{
    private static readonly string[] routes =
    [
        "/v1.0/state/store", "/v1.0/state/store/KEY", "/v1.0/state/store/bulk", "/v1.0/state/store/transaction", "/v1.0-alpha1/state/store/query", "/v1.0/publish/pubsub/KEY",
        "/v1.0/publish/bulk/pubsub/KEY", "/v1.0-alpha1/publish/bulk/pubsub/KEY", "/v1.0/invoke/shop/method/KEY", "/v1.0/invoke/KEY/method/KEY", "/v1.0/secrets/secrets/KEY",
        "/v1.0/secrets/secrets/bulk", "/v1.0/metadata", "/v1.0/metadata/KEY", "/v1.0/healthz", "/v1.0/healthz/outbound", "/v1.0/bindings/KEY", "/v1.0/workflows/dapr/KEY/start?instanceID=KEY",
        "/v1.0/workflows/dapr/KEY", "/v1.0/workflows/dapr/KEY/raiseEvent/KEY", "/v1.0/workflows/dapr/KEY/terminate", "/v1.0/workflows/dapr/KEY/pause", "/v1.0/workflows/dapr/KEY/resume",
        "/v1.0/workflows/dapr/KEY/purge", "/v1.0-beta1/workflows/dapr/KEY/start", "/v1.0/actors/KEY/KEY/method/KEY", "/v1.0/configuration/KEY", "/v1.0-alpha1/lock/KEY", "/KEY",
    ];

    private static readonly string[] queries = ["metadata.ttlInSeconds", "metadata.rawPayload", "metadata.partitionKey", "metadata.contentType", "concurrency", "consistency", "metadata.cloudevent.id", "instanceID", ""];

    private static readonly string[] headers =
    [
        "dapr-app-id", "dapr-api-token", "traceparent", "tracestate", "baggage", "content-type", "content-encoding", "if-match", "accept-encoding", "expect", "upgrade", "host", "cookie",
        "dapr-callee-app-id", "grpc-timeout", "x-forwarded-for", "te", "origin", "content-language",
    ];

    /// <summary>Bodies that the routes understand, to be spoiled.</summary>
    private static readonly string[] bodies =
    [
        """[{"key":"k","value":{"a":1},"etag":"1","metadata":{"ttlInSeconds":"60"},"options":{"concurrency":"first-write","consistency":"strong"}}]""",
        """{"keys":["a","b"],"parallelism":2}""",
        """{"operations":[{"operation":"upsert","request":{"key":"k","value":"v"}},{"operation":"delete","request":{"key":"l"}}],"metadata":{"a":"b"}}""",
        """[{"entryId":"1","event":{"a":1},"contentType":"application/json","metadata":{"cloudevent.id":"x"}}]""",
        """{"specversion":"1.0","id":"1","source":"s","type":"t","datacontenttype":"application/json","data":{"a":1}}""",
        """{"operation":"create","data":"x","metadata":{"path":"/"}}""",
        """{"filter":{"EQ":{"a":1}},"sort":[],"page":{"limit":1}}""",
    ];

    public static MalformedRequest Next(Noise noise)
    {
        var head = new StringBuilder();
        head.Append(noise.OneIn(12) ? noise.Text() : noise.Of(["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"])).Append(' ').Append(Target(noise));
        head.Append(noise.OneIn(30) ? noise.Of([" HTTP/9.9", "", " HTTP/1.1 x", " HTTP/1.0"]) : " HTTP/1.1").Append("\r\n");
        if (!noise.OneIn(25)) head.Append("host: localhost\r\n");
        for (var more = noise.Next(4); more > 0; more--)
            head.Append(noise.OneIn(10) ? noise.Text() : noise.Of(headers)).Append(noise.OneIn(20) ? "" : ": ").Append(Header(noise)).Append("\r\n");
        var body = Body(noise);
        var incomplete = Frame(noise, head, ref body);
        head.Append("\r\n");
        byte[] bytes = [.. Encoding.Latin1.GetBytes(head.ToString()), .. body];
        return noise.OneIn(15) ? new(noise.Spoil(bytes), true) : new(bytes, incomplete);
    }

    private static string Target(Noise noise)
    {
        var target = string.Concat(noise.Of(routes).Split("KEY").SelectMany((part, i) => new[] { i == 0 ? "" : Key(noise), part }));
        if (noise.OneIn(10)) target += noise.Of(["/", "//", "/..", "/%2e%2e/x", "?", "#", "/\0"]);
        if (noise.OneIn(4)) target += $"{(target.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{noise.Of(queries)}={Key(noise)}";
        return target;
    }

    private static string Key(Noise noise) => noise.OneIn(3) ? noise.Text().Replace(' ', '+') : noise.Of(["a", "k", "1", "shop", "%ED%95%9C", "a%2Fb", "very" + new string('-', noise.Next(400))]);

    private static string Header(Noise noise) => noise.OneIn(2) ? noise.Text() : noise.Of(
        ["shop", "nobody", "application/json", "application/cloudevents+json", "application/octet-stream", "text/plain; charset=x", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "00-0-0-0", "gzip", "100-continue", "websocket", "a=b;c"]);

    private static byte[] Body(Noise noise) => noise.Next(6) switch
    {
        0 => [],
        1 => noise.Bytes(300),
        2 => noise.Spoil(Encoding.UTF8.GetBytes(noise.Of(bodies))),
        3 => Encoding.UTF8.GetBytes(noise.Of(bodies).Replace(noise.Of(["\"k\"", "1", "{", "\"a\""]), noise.Json(), StringComparison.Ordinal)),
        4 => Encoding.Unicode.GetBytes(noise.Of(bodies)),
        _ => Encoding.UTF8.GetBytes(noise.Json()),
    };

    /// <summary>Says, rightly or not, how long the body is.</summary>
    private static bool Frame(Noise noise, StringBuilder head, ref byte[] body)
    {
        switch (noise.Next(12))
        {
            case 0:
                head.Append("content-length: ").Append(noise.Of(["-1", "x", "99999999999999999999", "1, 2", "+5", "0x10", ""])).Append("\r\n");
                return true;
            case 1:
                head.Append("content-length: ").Append(body.Length + 1 + noise.Next(1000)).Append("\r\n");
                return true;
            case 2:
                head.Append("transfer-encoding: ").Append(noise.Of(["chunked", "chunked, chunked", "gzip", "identity", "x"])).Append("\r\n");
                body = [.. Encoding.Latin1.GetBytes(noise.Of(["5\r\n", "zz\r\n", "FFFFFFFFFFFFFFFF\r\n", "0\r\n", "5;ext=\"\r\n", "\r\n"])), .. body];
                return true;
            case 3:
                head.Append("transfer-encoding: chunked\r\ncontent-length: 3\r\n");
                return true;
            case 4:
                head.Append("transfer-encoding: chunked\r\n");
                body = [.. Encoding.Latin1.GetBytes($"{body.Length:x}\r\n"), .. body, .. (body.Length == 0 ? "\r\n"u8 : "\r\n0\r\n\r\n"u8)];
                return false;
            default:
                head.Append("content-length: ").Append(body.Length).Append("\r\n");
                return false;
        }
    }
}
