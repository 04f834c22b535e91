namespace Resort.Sidecar.Hosting.Logs;

/// <summary>A file, or stdout, that takes whole lines from any thread and keeps none of them back.</summary>
internal sealed class LineFile(TextWriter writer) : IDisposable
{
    private readonly Lock gate = new();

    /// <summary>The process's stdout, which all who write to it share.</summary>
    public static LineFile Stdout { get; } = new(new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true });

    /// <summary>Opens a file to append to; its folder is made.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static LineFile Append(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        return new LineFile(new StreamWriter(new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite)) { AutoFlush = true });
    }

    public void Write(string line)
    {
        lock (gate) writer.WriteLine(line);
    }

    public void Dispose()
    {
        lock (gate) writer.Dispose();
    }
}
