using System.Net;
using System.Text;
using System.Text.Json;

namespace Dapr.Client;

/// <summary>What the sidecar answered to <paramref name="call"/>, read to its end.</summary>
internal sealed class SidecarAnswer(SidecarCall call, HttpResponseMessage response, byte[] body)
{
    private const int LongestErrorText = 1000;

    public HttpStatusCode Status => response.StatusCode;

    public byte[] Body => body;

    /// <summary>The etag, which Dapr sends without quotes; empty when there is none.</summary>
    public string ETag => response.Headers.NonValidated.TryGetValues("ETag", out var values) ? values.ToString() : "";

    public bool IsSuccess => response.IsSuccessStatusCode;

    /// <summary>All <c>metadata.*</c> headers, without that prefix. Dapr's server changes the case of their names.</summary>
    public Dictionary<string, string> Metadata()
    {
        const string prefix = "metadata.";
        return response.Headers.NonValidated
            .Where(header => header.Key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            .ToDictionary(header => header.Key[prefix.Length..], header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The body as a <typeparamref name="T"/>; the default when there is none.</summary>
    /// <exception cref="DaprException">The body is not a <typeparamref name="T"/>.</exception>
    public T? Read<T>(JsonSerializerOptions options)
    {
        if (body.Length == 0)
            return default;
        try
        {
            return JsonSerializer.Deserialize<T>(body, options);
        }
        catch (JsonException e)
        {
            throw new DaprException($"{call} answered JSON that is not a {typeof(T)}: {e.Message}", e);
        }
    }

    public SidecarAnswer OrThrow()
    {
        if (IsSuccess)
            return this;

        var text = $"{call} answered {(int)Status} {ErrorText()}";
        throw new DaprException(text, new HttpRequestException(text, inner: null, Status));
    }

    private string ErrorText()
    {
        try
        {
            if (Read<ErrorBody>(JsonSerializerOptions.Web) is { } error)
                return $"{error.ErrorCode}: {error.Message}";
        }
        catch (DaprException)
        {
            // A few answers, a wrong token's among them, are plain text.
        }

        return Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, LongestErrorText))).Trim();
    }

    private sealed record ErrorBody(string? ErrorCode, string? Message);
}
