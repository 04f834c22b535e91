using System.Net;

namespace Resort.Tests.Conformance.Steps;

/// <summary>A call over HTTP/2 without TLS, by a client that knows that the sidecar speaks it.</summary>
internal sealed record Http2Step : HttpStep
{
    protected override Version Version => HttpVersion.Version20;
}
