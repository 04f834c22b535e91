namespace Resort.Sidecar.Hosting;

/// <summary>Where components keep their data: <c>DATA_DIR</c>, or <c>.data</c> where the process was started.</summary>
internal static class DataDirectory
{
    public static string Path => Environment.GetEnvironmentVariable("DATA_DIR") is { Length: > 0 } given ? given : ".data";
}
