using System.Runtime.CompilerServices;

namespace Resort.Tests.Harness;

/// <summary>Where the repository is.</summary>
public static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string PathOf(string relative) => Path.Combine(Root, relative);

    private static string FindRoot([CallerFilePath] string thisFile = "")
    {
        var folder = new DirectoryInfo(File.Exists(thisFile) ? Path.GetDirectoryName(thisFile)! : AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Resort.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("Resort.sln is not above the test's folder");
    }
}
