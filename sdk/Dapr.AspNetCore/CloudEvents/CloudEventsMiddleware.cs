#nullable enable

using System.Buffers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Dapr;

/// <summary>Replaces a CloudEvent's envelope by its data for the rest of the pipeline.</summary>
internal sealed class CloudEventsMiddleware(RequestDelegate next, CloudEventsMiddlewareOptions options)
{
    private const string MediaType = "application/cloudevents+json";

    public async Task InvokeAsync(HttpContext context)
    {
        if (!IsCloudEvent(context.Request.ContentType, out var charset))
        {
            await next(context);
            return;
        }

        try
        {
            if (await ReadAsync(context.Request, charset, context.RequestAborted) is { } payload)
                await ContinueAsync(context, payload);
            else
                context.Response.StatusCode = StatusCodes.Status400BadRequest;
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested && context.Response.HasStarted)
        {
            // The caller has gone and cannot be told any more.
        }
    }

    // Content-Length keeps the envelope's value, as in the official SDK.
    private async Task ContinueAsync(HttpContext context, CloudEventPayload payload)
    {
        var request = context.Request;
        var (body, contentType) = (request.Body, request.ContentType);
        try
        {
            request.Body = new MemoryStream(payload.Body, writable: false);
            request.ContentType = payload.ContentType;
            await next(context);
        }
        finally
        {
            request.ContentType = contentType;
            request.Body = body;
        }
    }

    private async ValueTask<CloudEventPayload?> ReadAsync(HttpRequest request, string? charset, CancellationToken cancellationToken)
    {
        var reader = request.BodyReader;
        var read = await reader.ReadAsync(cancellationToken);
        while (!read.IsCompleted)
        {
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            read = await reader.ReadAsync(cancellationToken);
        }

        try
        {
            var json = ToUtf8(read.Buffer, charset);
            if (options.ForwardCloudEventPropertiesAsHeaders)
                CloudEventHeaders.Forward(json, request.Headers, options);
            return CloudEventEnvelope.Parse(json).Unwrap(options.SuppressJsonDecodingOfTextPayloads);
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException or ArgumentException)
        {
            throw new BadHttpRequestException($"The body is declared as {MediaType} but cannot be read as one: {e.Message}", e);
        }
        finally
        {
            reader.AdvanceTo(read.Buffer.End);
        }
    }

    private static ReadOnlySequence<byte> ToUtf8(ReadOnlySequence<byte> body, string? charset) =>
        charset is null ? body : new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(Encoding.GetEncoding(charset).GetString(body)));

    /// <summary>Gives the charset only if it is not UTF-8.</summary>
    private static bool IsCloudEvent(string? contentType, out string? charset)
    {
        charset = null;
        if (contentType is null || !contentType.StartsWith(MediaType, StringComparison.Ordinal))
            return false;
        if (contentType.Length == MediaType.Length)
            return true;
        if (!MediaTypeHeaderValue.TryParse(contentType, out var parsed) || parsed.MediaType != MediaType)
            return false;

        var isUtf8 = !parsed.Charset.HasValue || parsed.Charset.Equals(Encoding.UTF8.WebName, StringComparison.OrdinalIgnoreCase);
        charset = isUtf8 ? null : parsed.Charset.Value;
        return true;
    }
}
