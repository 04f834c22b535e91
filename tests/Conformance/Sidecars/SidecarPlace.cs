using System.Globalization;
using System.Text.Json.Nodes;
using Resort.Tests.Conformance.Recordings;
using Resort.Tests.Conformance.Replaying;

namespace Resort.Tests.Conformance.Sidecars;

/// <summary>Where one sidecar of a scenario runs: its ports, its folder with the files that it reads, and what it is started with.</summary>
internal sealed class SidecarPlace
{
    private static readonly JsonNode noConfiguration = JsonNode.Parse("""{"apiVersion": "dapr.io/v1alpha1", "kind": "Configuration", "metadata": {"name": "config"}, "spec": {}}""")!;

    private readonly SidecarScript script;
    private readonly Placeholders placeholders;
    private readonly int internalPort = FreePort.Next();
    private readonly int metricsPort = FreePort.Next();

    public SidecarPlace(string name, SidecarScript script, string scenarioFolder, Placeholders placeholders)
    {
        this.script = script;
        this.placeholders = placeholders;
        Name = name;
        AppPort = script.App is null ? null : FreePort.Next();
        Folder = Directory.CreateDirectory(Path.Combine(scenarioFolder, name)).FullName;
        foreach (var (word, port) in new[] { ("http", HttpPort), ("grpc", GrpcPort), ("app", AppPort ?? 0), ("internal", internalPort), ("metrics", metricsPort) })
            if (port > 0) placeholders.Port($"{word}:{name}", port);
    }

    public string Name { get; }
    public string Folder { get; }
    public int HttpPort { get; } = FreePort.Next();
    public int GrpcPort { get; } = FreePort.Next();
    public int? AppPort { get; }
    public Uri GrpcAddress => new($"http://127.0.0.1:{GrpcPort}");
    public IReadOnlyDictionary<string, string> Environment => script.Env;

    /// <summary>It is not ready before its app is there.</summary>
    public bool IsOnlyLive => script.Wait == "live";

    /// <summary>daprd's flags.</summary>
    public IReadOnlyList<string> Flags =>
    [
        "--app-id", script.AppId ?? Name, "--dapr-http-port", Text(HttpPort), "--dapr-grpc-port", Text(GrpcPort), "--dapr-internal-grpc-port", Text(internalPort),
        "--metrics-port", Text(metricsPort), "--dapr-listen-addresses", "127.0.0.1", "--resources-path", Path.Combine(Folder, "resources"),
        "--config", Path.Combine(Folder, "config.yaml"), "--dapr-graceful-shutdown-seconds", "3", .. AppPort is { } port ? ["--app-port", Text(port)] : Array.Empty<string>(),
        .. script.Flags.Select(placeholders.Fill),
    ];

    /// <summary>Writes the files that the sidecar reads.</summary>
    public void WriteFiles()
    {
        Directory.CreateDirectory(Path.Combine(Folder, "resources"));
        Write(script.Resources);
        File.WriteAllText(Path.Combine(Folder, "config.yaml"), placeholders.Fill(Yaml(script.Config ?? noConfiguration)));
    }

    /// <summary>Writes further resource files, or other contents of the same.</summary>
    public void Write(IReadOnlyDictionary<string, JsonNode?> resources)
    {
        foreach (var (name, content) in resources)
        {
            var path = Path.Combine(Folder, "resources", name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, placeholders.Fill(Yaml(content)));
        }
    }

    private static string Yaml(JsonNode? content) => content is JsonValue text ? text.GetValue<string>() : Json.Text(content);

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
