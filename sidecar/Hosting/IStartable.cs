namespace Resort.Sidecar.Hosting;

/// <summary>A building block that has something to do before the sidecar listens.</summary>
internal interface IStartable
{
    /// <summary>Called once, after all building blocks are there.</summary>
    Task StartAsync();
}
