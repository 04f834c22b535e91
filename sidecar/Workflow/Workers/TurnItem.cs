using Dapr.DurableTask.Protobuf;
using Google.Protobuf;
using WorkItemMessage = Dapr.DurableTask.Protobuf.WorkItem;

namespace Resort.Sidecar.Workflow.Workers;

/// <summary>
/// One turn. Past events are kept as the bytes in which they were stored, which are already those of <c>WorkflowRequest.pastEvents</c>: the fields of
/// a message may come in any order, so the request is the new events and then the stored bytes, unread.
/// </summary>
internal sealed class TurnItem(string instanceId, long run, IReadOnlyList<byte[]> past, IReadOnlyList<HistoryEvent> newEvents) : WorkItem(new WorkKey(instanceId, null), run)
{
    private const uint RequestTag = WorkItemMessage.WorkflowRequestFieldNumber << 3 | (uint)WireFormat.WireType.LengthDelimited;
    private readonly byte[] head = new WorkflowRequest { InstanceId = instanceId, NewEvents = { newEvents } }.ToByteArray();
    private readonly int pastCount = past.Count;
    private int requestSize;

    /// <summary>The events of the turn, the first of which says that it began.</summary>
    public IReadOnlyList<HistoryEvent> NewEvents => newEvents;

    private WorkItemMessage Rest => new() { CompletionToken = Token };

    public override int CalculateSize()
    {
        requestSize = head.Length;
        for (var i = 0; i < pastCount; i++) requestSize += past[i].Length;
        return CodedOutputStream.ComputeUInt32Size(RequestTag) + CodedOutputStream.ComputeLengthSize(requestSize) + requestSize + Rest.CalculateSize();
    }

    public override void WriteTo(Span<byte> bytes)
    {
        bytes = WriteVarint(bytes, RequestTag);
        bytes = WriteVarint(bytes, (uint)requestSize);
        bytes = Write(bytes, head);
        for (var i = 0; i < pastCount; i++) bytes = Write(bytes, past[i]);
        Rest.WriteTo(bytes);
    }

    private static Span<byte> Write(Span<byte> bytes, byte[] part)
    {
        part.CopyTo(bytes);
        return bytes[part.Length..];
    }

    private static Span<byte> WriteVarint(Span<byte> bytes, uint value)
    {
        var at = 0;
        for (; value > 0x7f; value >>= 7) bytes[at++] = (byte)(value | 0x80);
        bytes[at++] = (byte)value;
        return bytes[at..];
    }
}
