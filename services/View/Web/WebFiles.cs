using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Net.Http.Headers;
using Resort.Defaults;

namespace Resort.View.Web;

internal sealed record WebFile(byte[] Content, string ContentType, EntityTagHeaderValue Tag);

/// <summary>The files of the web UI: few and small, so they are read once. A tag is a hash of the content, the same from every replica.</summary>
internal sealed class WebFiles
{
    public const string Start = "index.html";
    private readonly Dictionary<string, WebFile> files;

    public WebFiles()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "wwwroot");
        var types = new FileExtensionContentTypeProvider();
        files = Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
            .ToDictionary(path => Path.GetRelativePath(folder, path).Replace('\\', '/'), path => Read(path, types));
    }

    public WebFile? Find(string name) => files.GetValueOrDefault(name);

    private static WebFile Read(string path, FileExtensionContentTypeProvider types)
    {
        var content = File.ReadAllBytes(path);
        var type = types.TryGetContentType(path, out var known) ? known : "application/octet-stream";
        return new(content, type.StartsWith("text/", StringComparison.Ordinal) ? $"{type}; charset=utf-8" : type, ETags.OfBytes(content));
    }
}
