using Dapr.DurableTask.Protobuf;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Resort.Tests.Sidecar.Grpc;

namespace Resort.Tests.Sidecar.Fuzzing;

/// <summary>One gRPC call with something wrong in its path, its frame or its message.</summary>
internal sealed record MalformedCall(string Path, byte[] Body, string ContentType)
{
    private static readonly string[] methods =
    [
        "Hello", "CompleteOrchestratorTask", "CompleteWorkflowTask", "CompleteActivityTask", "StartInstance", "GetInstance", "WaitForInstanceStart", "RaiseEvent", "TerminateInstance",
        "SuspendInstance", "ResumeInstance", "PurgeInstances", "RerunWorkflowFromEvent", "ListInstanceIDs", "GetInstanceHistory", "Nonsense",
    ];

    private static readonly string[] daprMethods = [.. from name in new[] { "StartWorkflow", "GetWorkflow", "PurgeWorkflow", "TerminateWorkflow", "PauseWorkflow", "ResumeWorkflow", "RaiseEventWorkflow" } from version in new[] { "Alpha1", "Beta1" } select name + version];

    public override string ToString() => $"{Path} ({ContentType}) {Convert.ToHexString(Body)}";

    public static MalformedCall Next(Noise noise)
    {
        var path = noise.OneIn(20) ? $"/{Uri.EscapeDataString(noise.Of(["", "a", "x/y", "TaskHubSidecarService", "%00"]))}" : $"/TaskHubSidecarService/{noise.Of(methods)}";
        if (noise.OneIn(4)) path = $"/dapr.proto.runtime.v1.Dapr/{noise.Of(daprMethods)}";
        var frame = GrpcClient.Frame(Message(noise));
        byte[] body = noise.Next(8) switch
        {
            0 => [],
            1 => noise.Bytes(200),
            2 => noise.Spoil(frame),
            3 => [1, .. frame.AsSpan(1)], // says that it is compressed
            4 => [.. frame, .. frame],
            5 => [0, 0xff, 0xff, 0xff, 0xff, .. frame.AsSpan(5)],
            6 => [.. frame.AsSpan(0, 5), .. noise.Bytes(Math.Max(1, frame.Length))],
            _ => frame,
        };
        return new(path, body, noise.OneIn(15) ? noise.Of(["application/grpc-web", "application/json", "text/plain", "application/grpc+json"]) : "application/grpc");
    }

    private static IMessage Message(Noise noise) => noise.Next(6) switch
    {
        0 => new Empty(),
        1 => new CreateInstanceRequest { InstanceId = Id(noise), Name = Id(noise), Input = noise.Json() },
        2 => new GetInstanceRequest { InstanceId = Id(noise), GetInputsAndOutputs = noise.OneIn(2) },
        3 => new RaiseEventRequest { InstanceId = Id(noise), Name = Id(noise), Input = noise.Json() },
        4 => new ActivityResponse { InstanceId = Id(noise), TaskId = noise.Next(int.MaxValue) - 5, Result = noise.Json() },
        _ => new WorkflowResponse { InstanceId = Id(noise), CompletionToken = Id(noise) },
    };

    private static string Id(Noise noise) => new([.. noise.Text().Where(c => !char.IsSurrogate(c))]);
}
