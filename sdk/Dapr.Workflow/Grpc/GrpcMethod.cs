using Google.Protobuf;

namespace Dapr.Workflow.Grpc;

/// <summary>A method at its full address, with the parser of its answers.</summary>
internal sealed record GrpcMethod<T>(Uri Address, MessageParser<T> Parser) where T : class, IMessage<T>
{
    /// <summary>The path as messages name it.</summary>
    public string Name { get; } = Address.AbsolutePath;
}
