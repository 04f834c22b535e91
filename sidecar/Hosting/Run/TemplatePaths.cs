using Resort.Sidecar.Components;

namespace Resort.Sidecar.Hosting.Run;

/// <summary>
/// Where the paths of a template begin: those of <c>common</c> and <c>appDirPath</c> in the template's folder, an app's own in its
/// <c>appDirPath</c>. Each must exist; <c>~</c> is the home folder.
/// </summary>
internal sealed class TemplatePaths(string templateFolder)
{
    private static string Home => Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

    /// <summary>A folder named by a field, relative to the template.</summary>
    public string Folder(Fields fields, string field, string path) => Existing(fields, field, templateFolder, path);

    /// <summary>The app's own resource paths, else <c>.dapr/resources</c> in its folder, else the common ones (or what replaces them), else those of the home folder.</summary>
    public IReadOnlyList<string> Resources(Fields app, Fields? common, string appFolder, IReadOnlyList<string> replacement)
    {
        var shared = common is null ? [] : Named(common, templateFolder);
        if (Named(app, appFolder) is { Count: > 0 } own) return own;
        if (IfExists(Path.Combine(appFolder, ".dapr", "resources")) is { } beside) return [beside];
        if (replacement.Count > 0) return replacement;
        if (shared.Count > 0) return shared;
        return IfExists(Path.Combine(Home, ".dapr", "components")) is { } home ? [home] : [];
    }

    /// <summary>The app's own Configuration, else <c>.dapr/config.yaml</c> in its folder, else the common one, else that of the home folder.</summary>
    public IReadOnlyList<string> Configuration(Fields app, Fields? common, string appFolder)
    {
        const string field = "configFilePath";
        var shared = common?.Text(field) is { Length: > 0 } given ? Existing(common, field, templateFolder, given) : null;
        var own = app.Text(field) is { Length: > 0 } path ? Existing(app, field, appFolder, path) : null;
        var found = own ?? IfExists(Path.Combine(appFolder, ".dapr", "config.yaml")) ?? shared ?? IfExists(Path.Combine(Home, ".dapr", "config.yaml"));
        return found is null ? [] : [found];
    }

    private static List<string> Named(Fields fields, string start)
    {
        List<string> paths = [.. fields.Texts("resourcesPaths").Select(path => Existing(fields, "resourcesPaths", start, path))];
        if (fields.Text("resourcesPath") is { Length: > 0 } last) paths.Add(Existing(fields, "resourcesPath", start, last));
        return paths;
    }

    private static string Existing(Fields fields, string field, string start, string path)
    {
        var full = Path.GetFullPath(path is ['~', ..] ? Home + path[1..] : path, start);
        return IfExists(full) ?? throw new ResourceException(fields.LocationOf(field), $"`{field}`: {full} does not exist");
    }

    private static string? IfExists(string path) => Path.Exists(path) ? path : null;
}
