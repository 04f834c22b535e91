using System.Net;
using System.Text;
using Resort.Sidecar.Components;
using Resort.Sidecar.Invocation;

namespace Resort.Sidecar.Bindings;

/// <summary>
/// <c>bindings.http</c>: an operation is a request with that verb (<c>create</c> is POST) to the component's URL. Status and headers of the answer
/// come back as metadata.
/// </summary>
internal sealed class HttpBinding(HttpBindingSettings settings, TimeProvider clock) : IOutputBinding, IDisposable
{
    private readonly HttpMessageInvoker client = new(NewConnections());

    public IReadOnlyList<string> Operations { get; } = ["create", "get", "head", "post", "put", "patch", "delete", "options", "trace"];

    public async Task<BindingAnswer> InvokeAsync(BindingRequest request, CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(settings.ResponseTimeout ?? Timeout.InfiniteTimeSpan, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, limit.Token);
        using var message = HttpBindingRequest.Write(request, settings);
        try
        {
            using var answer = await client.SendAsync(message, either.Token);
            var data = await ReadAsync(answer, either.Token);
            return new BindingAnswer(data, Metadata(answer), Failure(request, (int)answer.StatusCode));
        }
        catch (HttpRequestException e) { throw new BindingException(InvocationException.Of(e, message).Message); }
        catch (IOException) { throw new BindingException("unexpected EOF"); }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            throw new BindingException(HttpBindingRequest.Failed(message.Method, message.RequestUri!.OriginalString, "context deadline exceeded"));
        }
    }

    public void Dispose() => client.Dispose();

    private string? Failure(BindingRequest request, int status)
    {
        var isError = request.Metadata.GetValueOrDefault("errorIfNot2XX") is { Length: > 0 } own ? ComponentMetadata.IsTrue(own) : settings.ErrorIfNot2XX;
        return isError && status / 100 != 2 ? $"received status code {status}" : null;
    }

    private async Task<ReadOnlyMemory<byte>> ReadAsync(HttpResponseMessage answer, CancellationToken cancel)
    {
        using var whole = new MemoryStream();
        var buffer = new byte[8192];
        var body = await answer.Content.ReadAsStreamAsync(cancel);
        for (int read; (read = await body.ReadAsync(buffer.AsMemory(0, Next(whole.Length, buffer.Length)), cancel)) > 0;) whole.Write(buffer, 0, read);
        return whole.GetBuffer().AsMemory(0, (int)whole.Length);
    }

    private int Next(long soFar, int most) => settings.LargestBody == 0 ? most : (int)Math.Min(most, settings.LargestBody - soFar);

    private static List<(string Name, string Value)> Metadata(HttpResponseMessage answer)
    {
        var metadata = new List<(string, string)> { ("statusCode", $"{(int)answer.StatusCode}"), ("status", $"{(int)answer.StatusCode} {answer.ReasonPhrase}") };
        foreach (var header in answer.Headers.NonValidated) metadata.Add((header.Key, header.Value.ToString()));
        foreach (var header in answer.Content.Headers.NonValidated) metadata.Add((header.Key, header.Value.ToString()));
        return metadata;
    }

    private static SocketsHttpHandler NewConnections()
    {
        var connections = Connections.Outside(followRedirects: true);
        connections.MaxAutomaticRedirections = 10;
        connections.AutomaticDecompression = DecompressionMethods.GZip;
        connections.RequestHeaderEncodingSelector = static (_, _) => Encoding.UTF8;
        return connections;
    }
}
