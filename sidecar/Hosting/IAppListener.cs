namespace Resort.Sidecar.Hosting;

/// <summary>A building block that works only while the app is there and well: subscriptions, for one.</summary>
internal interface IAppListener
{
    /// <summary>
    /// The app answers. Called at the end of the start sequence, after <c>/dapr/config</c> and before the sidecar calls itself ready, and again
    /// each time health checks find the app well again. Without an app it is never called.
    /// </summary>
    Task AppUpAsync(CancellationToken cancel);

    /// <summary>
    /// Health checks find the app ill, or the sidecar stops: begins nothing new from now on. The task ends when what runs has finished, which may
    /// be after the app is up again.
    /// </summary>
    Task AppDownAsync();
}
