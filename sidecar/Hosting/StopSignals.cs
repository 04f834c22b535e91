using System.Runtime.InteropServices;

namespace Resort.Sidecar.Hosting;

/// <summary>SIGINT, SIGTERM and SIGHUP: the first asks for an orderly end, the second ends the process at once with code 1.</summary>
internal sealed class StopSignals : IDisposable
{
    private static readonly Dictionary<PosixSignal, string> words = new()
    {
        [PosixSignal.SIGINT] = "interrupt",
        [PosixSignal.SIGTERM] = "terminated",
        [PosixSignal.SIGHUP] = "hangup",
    };

    private readonly TaskCompletionSource<string> first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<PosixSignalRegistration> registrations;

    public StopSignals() => registrations = [.. words.Keys.Select(signal => PosixSignalRegistration.Create(signal, Handle))];

    /// <summary>Completes at the first signal, with its name.</summary>
    public Task<string> Received => first.Task;

    public void Dispose() => registrations.ForEach(registration => registration.Dispose());

    private void Handle(PosixSignalContext context)
    {
        context.Cancel = true;
        if (!first.TrySetResult(words[context.Signal])) Environment.Exit(1);
    }
}
