using System.Security.Cryptography;
using System.Text;

namespace Dapr.Workflow.Replay;

/// <summary>Ids that are the same on every replay: name-based GUIDs (version 5) below one of the run, as the official SDK derives them.</summary>
internal sealed class DeterministicIds
{
    private static readonly Guid Namespace = new("6f927a2e-9c7e-4a1d-9b8d-7a86f2e7f62f");

    private readonly string instanceId;
    private readonly Guid run;
    private int made;

    public DeterministicIds(string instanceId, string? executionId)
    {
        this.instanceId = instanceId;
        var seed = string.IsNullOrWhiteSpace(executionId) ? instanceId : executionId;
        run = Guid.TryParse(seed, out var given) ? given : Derive(Namespace, seed);
    }

    public Guid NewGuid() => Derive(run, $"{instanceId}_{made++}");

    /// <summary>The key of one activity call.</summary>
    public string TaskExecutionId(int taskId, string activity) => Derive(run, $"{instanceId}|activity|{taskId}|{activity}").ToString("N");

    private static Guid Derive(Guid parent, string name)
    {
        var input = new byte[16 + Encoding.UTF8.GetByteCount(name)];
        parent.TryWriteBytes(input, bigEndian: true, out _);
        Encoding.UTF8.GetBytes(name, input.AsSpan(16));

        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
#pragma warning disable CA5350 // version 5 is defined with SHA-1; nothing here is a secret
        SHA1.HashData(input, hash);
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
