using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace Resort.Tests.Harness;

/// <summary>The repository's dapr.yaml with ports of its own, so that several systems can run beside each other and beside a developer's.</summary>
internal sealed class RunTemplate
{
    private static readonly string[] portFields = ["appPort", "daprHTTPPort", "daprGRPCPort", "metricsPort", "daprInternalGRPCPort"];

    private RunTemplate(string file, IReadOnlyDictionary<string, AppPorts> apps)
    {
        File = file;
        Apps = apps;
    }

    public string File { get; }
    public IReadOnlyDictionary<string, AppPorts> Apps { get; }

    /// <param name="folder">Where the template is written.</param>
    /// <param name="without">Apps that are left out.</param>
    /// <param name="guests">Apps that whoever tests runs himself, and their ports.</param>
    /// <param name="twice">Apps that run as two replicas; the second one is known as <c>app#2</c>.</param>
    /// <param name="illAfter">So many health checks in a row an app may fail, in the place of the template's <c>appHealthThreshold</c>.</param>
    public static RunTemplate Write(string folder, IReadOnlyCollection<string> without, IReadOnlyDictionary<string, int> guests, IReadOnlyCollection<string> twice, int? illAfter)
    {
        var yaml = new YamlStream();
        using (var reader = System.IO.File.OpenText(Repository.PathOf("dapr.yaml"))) yaml.Load(reader);
        var root = (YamlMappingNode)yaml.Documents[0].RootNode;
        MakeAbsolute(root.Children.TryGetValue("common", out var common) ? (YamlMappingNode)common : []);
        if (illAfter is { } threshold) ((YamlMappingNode)root["common"]).Children["appHealthThreshold"] = Text(threshold);
        var apps = new Dictionary<string, AppPorts>();
        var all = (YamlSequenceNode)root["apps"];
        foreach (var app in all.Children.Cast<YamlMappingNode>().Where(app => without.Contains(Text(app, "appID"))).ToList()) all.Children.Remove(app);
        foreach (var app in all.Children.Cast<YamlMappingNode>().Where(app => twice.Contains(Text(app, "appID"))).ToList()) all.Add(new YamlMappingNode(app.Children));
        foreach (var app in all.Children.Cast<YamlMappingNode>())
        {
            MakeAbsolute(app);
            foreach (var field in portFields.Where(field => app.Children.ContainsKey(field))) app.Children[field] = Text(FreePort.Next());
            var id = Text(app, "appID");
            apps.Add(apps.ContainsKey(id) ? $"{id}#2" : id, new AppPorts(Number(app, "appPort"), Number(app, "daprHTTPPort"), Number(app, "daprGRPCPort"), Number(app, "metricsPort")));
        }
        foreach (var (guest, port) in guests)
        {
            var ports = new AppPorts(port, FreePort.Next(), FreePort.Next(), FreePort.Next());
            all.Add(new YamlMappingNode("appID", guest, "appDirPath", folder, "appPort", Text(ports.App), "daprHTTPPort", Text(ports.SidecarHttp), "daprGRPCPort", Text(ports.SidecarGrpc), "metricsPort", Text(ports.Metrics)));
            apps.Add(guest, ports);
        }
        var file = Path.Combine(folder, "dapr.yaml");
        using (var writer = System.IO.File.CreateText(file)) yaml.Save(writer, assignAnchors: false);
        return new RunTemplate(file, apps);
    }

    private static void MakeAbsolute(YamlMappingNode node)
    {
        if (node.Children.TryGetValue("appDirPath", out var folder)) node.Children["appDirPath"] = Repository.PathOf(((YamlScalarNode)folder).Value!);
        foreach (var field in new[] { "configFilePath", "resourcesPath" }) // what stands beside an app begins at its folder
            if (node.Children.TryGetValue(field, out _)) node.Children[field] = Path.GetFullPath(Text(node, field), node.Children.ContainsKey("appDirPath") ? Text(node, "appDirPath") : Repository.Root);
        if (node.Children.TryGetValue("resourcesPaths", out var paths))
            node.Children["resourcesPaths"] = new YamlSequenceNode(((YamlSequenceNode)paths).Children.Select(path => new YamlScalarNode(Repository.PathOf(((YamlScalarNode)path).Value!))));
    }

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);

    private static string Text(YamlMappingNode node, string field) => ((YamlScalarNode)node[field]).Value!;

    private static int Number(YamlMappingNode node, string field) => int.Parse(Text(node, field), CultureInfo.InvariantCulture);
}

/// <summary>The ports of one app and of its sidecar.</summary>
public sealed record AppPorts(int App, int SidecarHttp, int SidecarGrpc, int Metrics);
