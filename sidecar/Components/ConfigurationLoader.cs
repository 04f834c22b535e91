using System.Text.RegularExpressions;
using Resort.Sidecar.Api;
using Resort.Sidecar.Invocation;
using Resort.Sidecar.Metrics;
using Resort.Sidecar.Tracing;

namespace Resort.Sidecar.Components;

/// <summary>
/// Reads the <c>--config</c> files; later ones add to earlier ones. <c>$NAME</c> and <c>${NAME}</c> are replaced from the environment first.
/// What daprd would do and the embedded sidecar does not is refused, never passed over.
/// </summary>
internal static partial class ConfigurationLoader
{
    private static readonly Dictionary<string, string> unsupported = new()
    {
        ["httpPipeline"] = "HTTP middleware",
        ["appHttpPipeline"] = "HTTP middleware",
        ["mtls"] = "mTLS",
        ["wasm"] = "WebAssembly middleware",
        ["logging"] = "API logging",
    };

    /// <exception cref="ResourceException">A file is missing or wrong, or asks for something that only daprd has.</exception>
    public static Configuration Load(IEnumerable<string> files)
    {
        var configuration = new Configuration();
        foreach (var file in files)
            foreach (var document in YamlFile.Parse(Expand(YamlFile.Read(file)), file))
                if (document.Text("kind") == "Configuration" && document.Map("spec") is { } spec) configuration = Read(spec, configuration);
        return configuration;
    }

    private static Configuration Read(Fields spec, Configuration before)
    {
        foreach (var (section, what) in unsupported)
            if (spec.Has(section)) throw new ResourceException(spec.LocationOf(section), $"the embedded sidecar has no {what} (`spec.{section}`); run this configuration on daprd");
        spec.Map("nameResolution"); // every name is resolved inside the process
        var configuration = before with
        {
            SecretScopes = spec.Map("secrets") is { } secrets ? SecretScopes(secrets) : before.SecretScopes,
            Tracing = spec.Map("tracing") is { } tracing ? TracingSettings.Read(tracing) : before.Tracing,
            Metrics = (spec.Map("metrics") ?? spec.Map("metric")) is { } metrics ? MetricsSettings.Read(metrics) : before.Metrics,
            AccessControl = spec.Map("accessControl") is { } access ? AccessControl.Read(access) : before.AccessControl,
            Api = spec.Map("api") is { } api ? ApiAccess.Read(api) : before.Api,
            DeniedComponents = spec.Map("components") is { } components ? DeniedComponents(components) : before.DeniedComponents,
            Workflow = spec.Map("workflow") is { } workflow ? Workflow(workflow) : before.Workflow,
            Features = spec.Maps("features").Aggregate(before.Features, (all, feature) => new Dictionary<string, bool>(all) { [feature.RequiredText("name")] = feature.Bool("enabled") ?? false }),
        };
        spec.RefuseUnknown();
        return configuration;
    }

    private static Dictionary<string, SecretScope> SecretScopes(Fields secrets)
    {
        var scopes = new Dictionary<string, SecretScope>();
        foreach (var scope in secrets.Maps("scopes"))
        {
            var access = scope.Text("defaultAccess");
            if (access?.ToLowerInvariant() is not (null or "allow" or "deny")) throw scope.Wrong("defaultAccess", "allow or deny");
            var store = scope.RequiredText("storeName");
            if (!scopes.TryAdd(store, new SecretScope(!"deny".Equals(access, StringComparison.OrdinalIgnoreCase), scope.Texts("allowedSecrets"), scope.Texts("deniedSecrets"))))
                throw new ResourceException(scope.LocationOf("storeName"), $"secret store `{store}` already has a scope");
            scope.RefuseUnknown();
        }
        secrets.RefuseUnknown();
        return scopes;
    }

    private static IReadOnlyList<string> DeniedComponents(Fields components)
    {
        var denied = components.Texts("deny");
        components.RefuseUnknown();
        return denied;
    }

    private static WorkflowSettings Workflow(Fields workflow)
    {
        var retention = workflow.Map("stateRetentionPolicy");
        var settings = new WorkflowSettings
        {
            MaxConcurrentWorkflows = workflow.Number("maxConcurrentWorkflowInvocations"),
            MaxConcurrentActivities = workflow.Number("maxConcurrentActivityInvocations"),
            KeepAnyTerminal = Duration(retention, "anyTerminal"),
            KeepCompleted = Duration(retention, "completed"),
            KeepFailed = Duration(retention, "failed"),
            KeepTerminated = Duration(retention, "terminated"),
        };
        retention?.RefuseUnknown();
        workflow.RefuseUnknown();
        return settings;
    }

    private static TimeSpan? Duration(Fields? fields, string name) => fields?.Text(name) switch
    {
        null => null,
        var text when GoDuration.TryParse(text, out var duration) => duration,
        _ => throw fields!.Wrong(name, "a duration such as 1s or 24h"),
    };

    private static string Expand(string text) =>
        Variable().Replace(text, match => Environment.GetEnvironmentVariable(match.Groups["name"].Value) ?? "");

    [GeneratedRegex(@"\$(?:\{(?<name>\w+)\}|(?<name>\w+))")]
    private static partial Regex Variable();
}
