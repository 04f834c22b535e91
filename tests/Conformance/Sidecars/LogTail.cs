namespace Resort.Tests.Conformance.Sidecars;

/// <summary>The last lines that sidecars wrote, to show beside a difference.</summary>
internal sealed class LogTail
{
    private const int Kept = 12;
    private readonly Queue<string> lines = new();

    public void Add(string line)
    {
        lock (lines)
        {
            lines.Enqueue(line);
            if (lines.Count > Kept) lines.Dequeue();
        }
    }

    public override string ToString()
    {
        lock (lines) return string.Join('\n', lines);
    }
}
