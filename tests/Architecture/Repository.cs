using System.Runtime.CompilerServices;

namespace Resort.Tests.Architecture;

/// <summary>The repository's own files, without what builds and runs leave behind.</summary>
internal static class Repository
{
    private static readonly string[] leftBehind = ["bin", "obj", "artifacts", "dist", "node_modules", ".git", ".data", ".dapr", "TestResults", ".vs", ".idea"];

    public static string Root { get; } = FindRoot();

    public static string PathOf(string relative) => Path.Combine(Root, relative);

    public static IEnumerable<string> Files(string folder, params string[] extensions) =>
        Walk(PathOf(folder)).Where(file => extensions.Length == 0 || extensions.Contains(Path.GetExtension(file)));

    public static string Relative(string file) => Path.GetRelativePath(Root, file);

    private static IEnumerable<string> Walk(string folder) =>
        Directory.EnumerateFiles(folder).Concat(Directory.EnumerateDirectories(folder).Where(sub => !leftBehind.Contains(Path.GetFileName(sub))).SelectMany(Walk));

    private static string FindRoot([CallerFilePath] string thisFile = "")
    {
        var folder = new DirectoryInfo(File.Exists(thisFile) ? Path.GetDirectoryName(thisFile)! : AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Resort.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("Resort.sln is not above the test's folder");
    }
}
