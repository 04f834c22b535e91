using System.Globalization;
using OpenTelemetry.Exporter;
using Resort.Sidecar.Components;

namespace Resort.Sidecar.Tracing;

/// <summary>What becomes of trace contexts: they are passed on, nothing is said of them, or spans are made.</summary>
internal enum TracingMode { PassOn, Off, Spans }

/// <summary><c>spec.tracing</c> of a Configuration: which share of new traces is recorded, and where spans are sent.</summary>
internal sealed record TracingSettings
{
    private const double DefaultRate = 0.0001;

    public TracingMode Mode => Rate switch
    {
        0 => TracingMode.Off,
        null when Zipkin is null && Otlp is null => TracingMode.PassOn,
        _ => TracingMode.Spans,
    };

    /// <summary>The share of traces that begin here and are recorded, 0 to 1; null if the Configuration does not say.</summary>
    public double? Rate { get; init; }

    /// <summary>The share that counts.</summary>
    public double EffectiveRate => Rate ?? DefaultRate;

    /// <summary>Where a Zipkin collector takes spans.</summary>
    public Uri? Zipkin { get; init; }

    /// <summary>Where an OTLP collector takes spans, for HTTP with the path, and how.</summary>
    public (Uri Endpoint, OtlpExportProtocol Protocol)? Otlp { get; init; }

    /// <summary>Reads the section.</summary>
    /// <exception cref="ResourceException">A value is wrong, or spans should go to the standard output.</exception>
    public static TracingSettings Read(Fields section)
    {
        if (section.Bool("stdout") is true) throw new ResourceException(section.LocationOf("stdout"), "the embedded sidecar has no spans on the standard output (`spec.tracing.stdout`); name a collector");
        var zipkin = section.Map("zipkin");
        var otlp = section.Map("otel");
        var settings = new TracingSettings { Rate = ReadRate(section), Zipkin = zipkin is null ? null : ReadUri(zipkin, zipkin.RequiredText("endpointAddress")), Otlp = otlp is null ? null : ReadOtlp(otlp) };
        zipkin?.RefuseUnknown();
        otlp?.RefuseUnknown();
        section.RefuseUnknown();
        return settings;
    }

    /// <summary>The same with the collector that OpenTelemetry's own variables name; as in daprd they add to a Configuration that names none.</summary>
    public TracingSettings WithEnvironment(Func<string, string?> environment)
    {
        if (Otlp is not null) return this;
        var isHttp = (environment("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL") ?? environment("OTEL_EXPORTER_OTLP_PROTOCOL"))?.StartsWith("http", StringComparison.Ordinal) ?? false;
        var protocol = isHttp ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc;
        if (Address(environment("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")) is { } traces) return this with { Otlp = (traces, protocol) };
        if (Address(environment("OTEL_EXPORTER_OTLP_ENDPOINT")) is not { } all) return this;
        return this with { Otlp = (isHttp ? new Uri(all, $"{all.AbsolutePath.TrimEnd('/')}/v1/traces") : all, protocol) };
    }

    private static Uri? Address(string? text) => Uri.TryCreate(text, UriKind.Absolute, out var uri) ? uri : null;

    private static double? ReadRate(Fields section) => section.Text("samplingRate") switch
    {
        null or "" => null,
        var text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var rate) && rate is >= 0 and <= 1 => rate,
        _ => throw section.Wrong("samplingRate", "a number from 0 to 1"),
    };

    private static (Uri, OtlpExportProtocol) ReadOtlp(Fields otlp)
    {
        var address = otlp.RequiredText("endpointAddress");
        var scheme = otlp.Bool("isSecure") is false ? "http" : "https"; // secure unless it is said that it is not, as in daprd
        return otlp.Text("protocol") switch
        {
            "grpc" => (ReadUri(otlp, $"{scheme}://{address}"), OtlpExportProtocol.Grpc),
            "http" => (ReadUri(otlp, $"{scheme}://{address}/v1/traces"), OtlpExportProtocol.HttpProtobuf),
            _ => throw otlp.Wrong("protocol", "grpc or http"),
        };
    }

    private static Uri ReadUri(Fields fields, string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme.StartsWith("http", StringComparison.Ordinal) ? uri : throw fields.Wrong("endpointAddress", "an address");
}
