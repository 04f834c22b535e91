using Resort.Sidecar.Components;
using Resort.Sidecar.Hosting.Flags;

namespace Resort.Sidecar.Bindings;

/// <summary>
/// The metadata of <c>bindings.http</c>. The URL may be empty, as from a variable that is not set: then every call fails. Of an answer,
/// <paramref name="LargestBody"/> bytes are read and the rest is cut off (0: all are read). <paramref name="ResponseTimeout"/> is that of one attempt.
/// </summary>
internal sealed record HttpBindingSettings(string Url, bool ErrorIfNot2XX, long LargestBody, TimeSpan? ResponseTimeout, (string Header, string Value)? SecurityToken)
{
    private static readonly string[] certificates = ["MTLSRootCA", "MTLSClientCert", "MTLSClientKey", "MTLSRenegotiation"];

    /// <exception cref="ResourceException">A value is missing or wrong.</exception>
    public static HttpBindingSettings Read(ComponentMetadata metadata)
    {
        if (metadata.Text("direction") is { } direction && !direction.Split(',').Any(one => one.Trim().Equals("output", StringComparison.OrdinalIgnoreCase)))
            throw metadata.Wrong("direction", "output");
        if (certificates.FirstOrDefault(name => metadata.Text(name) is { Length: > 0 }) is { } certificate)
            throw new ResourceException(metadata.LocationOf(certificate), $"the embedded sidecar has no certificates of its own for bindings (`{certificate}`); run this on daprd");
        var timeout = metadata.Duration("responseTimeout", TimeSpan.Zero);
        return new HttpBindingSettings(
            Address(metadata), metadata.Bool("errorIfNot2XX", true), Size(metadata), timeout == TimeSpan.Zero ? null : timeout,
            Token(metadata.Text("securityTokenHeader"), metadata.Text("securityToken")));
    }

    private static (string, string)? Token(string? header, string? value) => string.IsNullOrEmpty(header) || string.IsNullOrEmpty(value) ? null : (header, value);

    private static string Address(ComponentMetadata metadata)
    {
        if (metadata.Text("url") is not { } url) return metadata.RequiredText("url");
        return url.Length == 0 || (Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https") ? url : throw metadata.Wrong("url", "an http or https address");
    }

    private static long Size(ComponentMetadata metadata)
    {
        if (metadata.Text("maxResponseBodySize") is not { Length: > 0 } text) return 100 << 20;
        if (text.StartsWith('-') && long.TryParse(text, out _)) return 0;
        return ByteQuantity.TryParse(text, out var bytes) ? bytes : throw metadata.Wrong("maxResponseBodySize", "a size such as 4Mi");
    }
}
