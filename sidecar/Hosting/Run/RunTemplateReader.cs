using System.Globalization;
using Resort.Sidecar.Components;
using Resort.Sidecar.Hosting.Flags;

namespace Resort.Sidecar.Hosting.Run;

/// <summary>
/// Reads a run template as <c>dapr run -f</c> does, but strictly: what is unknown, missing or impossible is refused with file and line, before
/// anything starts.
/// </summary>
internal sealed class RunTemplateReader
{
    private static readonly string[] secretsForSidecars = ["DAPR_API_TOKEN", "APP_API_TOKEN", "NAMESPACE"];

    private readonly TemplatePaths paths;
    private readonly IReadOnlyList<string> resourcesOverride;
    private readonly Fields? common;

    private RunTemplateReader(TemplatePaths paths, IReadOnlyList<string> resourcesOverride, Fields? common)
    {
        this.paths = paths;
        this.resourcesOverride = resourcesOverride;
        this.common = common;
    }

    /// <param name="file">A template, a folder with a <c>dapr.yaml</c>, or <c>-</c> for stdin.</param>
    /// <param name="resourcesPaths">Take the place of the common <c>resourcesPaths</c>, unless there are none; relative to where the process was started.</param>
    /// <param name="without">Ids of apps that are not to run; what the template says of them is not looked at.</param>
    /// <exception cref="ResourceException">Something in it is wrong.</exception>
    /// <exception cref="FlagException">There is no such app to leave out.</exception>
    public static RunTemplate Read(string file, IReadOnlyList<string> resourcesPaths, IReadOnlyList<string> without)
    {
        if (Directory.Exists(file)) file = Path.Combine(file, "dapr.yaml");
        var text = file == "-" ? Console.In.ReadToEnd() : YamlFile.Read(file);
        var template = YamlFile.Parse(text, file == "-" ? "stdin" : file).FirstOrDefault() ?? throw new ResourceException(new SourceLocation(file, 1), "the template is empty");
        if (template.Number("version") is null or 0) throw new ResourceException(template.LocationOf("version"), "`version` is missing; it is 1");
        var common = template.Map("common");
        var reader = new RunTemplateReader(new TemplatePaths(file == "-" ? Environment.CurrentDirectory : Path.GetDirectoryName(Path.GetFullPath(file))!), [.. resourcesPaths.Select(Path.GetFullPath)], common);
        var given = template.Maps("apps").ToLookup(app => without.Contains(IdOf(app)));
        if (without.Except(given[true].Select(IdOf)).FirstOrDefault() is { } unknown) throw new FlagException("without", $"{unknown}: {file} has no such app");
        var apps = given[false].Select(reader.App).ToList();
        if (apps.Count == 0) throw new ResourceException(template.LocationOf("apps"), "there are no apps to run");
        reader.RefuseUnknownCommon();
        var read = new RunTemplate(Path.GetFullPath(file), template.Text("name"), apps, without);
        template.RefuseUnknown();
        return read;
    }

    private static string IdOf(Fields app) => app.Text("appID") is { Length: > 0 } id ? id : Path.GetFileName(Path.GetFullPath(app.RequiredText("appDirPath")).TrimEnd(Path.DirectorySeparatorChar));

    private AppTemplate App(Fields app)
    {
        var folder = paths.Folder(app, "appDirPath", app.RequiredText("appDirPath"));
        var environment = EnvironmentOf(app);
        var defaults = new Dictionary<string, string>
        {
            ["app-id"] = IdOf(app),
            ["dapr-http-port"] = FreePort.Next().ToString(CultureInfo.InvariantCulture),
            ["dapr-grpc-port"] = FreePort.Next().ToString(CultureInfo.InvariantCulture),
            ["metrics-port"] = FreePort.Next().ToString(CultureInfo.InvariantCulture),
        };
        var sidecar = TemplateFlags.Read(app, common, defaults, name => Setting(environment, name)) with
        {
            ResourcesPaths = paths.Resources(app, common, folder, resourcesOverride),
            ConfigFiles = paths.Configuration(app, common, folder),
        };
        var template = new AppTemplate(
            sidecar, folder, app.Texts("command"), AppEnvironment.Of(sidecar, app.Text("appChannelAddress") ?? "", environment),
            Destination(app, "appLogDestination", LogDestination.FileAndConsole), Destination(app, "daprdLogDestination", LogDestination.File), app.LocationOf("command"));
        ReadForOthers(app);
        app.RefuseUnknown();
        AppCommand.Check(template);
        return template;
    }

    /// <summary>Which sidecar binary runs, and what only a deployment to Kubernetes reads.</summary>
    private static void ReadForOthers(Fields app)
    {
        foreach (var field in new[] { "runtimePath", "containerImage", "containerImagePullPolicy", "createService" }) app.Text(field);
    }

    private void RefuseUnknownCommon()
    {
        if (common is null) return;
        TemplateFlags.Know(common);
        common.Text("runtimePath");
        common.RefuseUnknown();
    }

    private Dictionary<string, string> EnvironmentOf(Fields app)
    {
        var merged = new Dictionary<string, string>(common?.TextMap("env") ?? new Dictionary<string, string>(), StringComparer.Ordinal);
        foreach (var (name, value) in app.TextMap("env")) merged[name] = value;
        return merged;
    }

    /// <summary>What daprd would read from its environment; that of the template counts too, since one process has many sidecars.</summary>
    private static string? Setting(Dictionary<string, string> environment, string name) =>
        secretsForSidecars.Contains(name) && environment.TryGetValue(name, out var value) ? value : Environment.GetEnvironmentVariable(name);

    private LogDestination Destination(Fields app, string field, LogDestination otherwise)
    {
        var common = this.common?.Text(field);
        return (app.Text(field) ?? common) switch
        {
            null or "" => otherwise,
            "console" => LogDestination.Console,
            "file" => LogDestination.File,
            "fileAndConsole" => LogDestination.FileAndConsole,
            _ => throw (app.Has(field) ? app : this.common!).Wrong(field, "console, file or fileAndConsole"),
        };
    }
}
