namespace Resort.Sidecar.Components;

/// <summary>Where in which file something is written; lines count from 1.</summary>
internal sealed record SourceLocation(string File, int Line)
{
    public override string ToString() => $"{File}:{Line}";
}
