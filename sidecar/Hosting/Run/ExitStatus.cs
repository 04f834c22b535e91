namespace Resort.Sidecar.Hosting.Run;

/// <summary>How a process ended, in the words that the CLI uses.</summary>
internal readonly record struct ExitStatus(int WaitStatus)
{
    private int Signal => WaitStatus & 0x7f;

    /// <summary>It ended by itself with code 0.</summary>
    public bool IsSuccess => WaitStatus == 0;

    public override string ToString() => Signal switch
    {
        0 => $"exit status {(WaitStatus >> 8) & 0xff}",
        Posix.SigKill => "signal: killed",
        Posix.SigTerm => "signal: terminated",
        var other => $"signal: {other}",
    };
}
