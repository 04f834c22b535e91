using System.Text.Json;
using Dapr.Common;
using Dapr.Common.Serialization;
using Dapr.Workflow.Grpc;
using Microsoft.Extensions.Configuration;

namespace Dapr.Workflow.Registration;

/// <summary>Builds a <see cref="DaprWorkflowClient"/>, by itself or for an application's services.</summary>
public sealed class DaprWorkflowClientBuilder(IConfiguration? configuration = null) : DaprGenericClientBuilder<DaprWorkflowClient>(configuration)
{
    private IDaprSerializer serializer = new JsonDaprSerializer(JsonSerializerOptions.Web);

    /// <summary>The connection of the application's services; used in place of one of the client's own.</summary>
    internal TaskHubClient? SharedHub { get; init; }

    internal TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Uses <paramref name="serializer"/> for inputs, events and outputs; the worker has its own setting.</summary>
    public DaprWorkflowClientBuilder UseSerializer(IDaprSerializer serializer)
    {
        ArgumentNullException.ThrowIfNull(serializer);
        this.serializer = serializer;
        return this;
    }

    /// <summary>Uses JSON with <paramref name="jsonOptions"/> for inputs, events and outputs; the worker has its own setting.</summary>
    public DaprWorkflowClientBuilder UseJsonSerializer(JsonSerializerOptions jsonOptions) => UseSerializer(new JsonDaprSerializer(jsonOptions));

    /// <inheritdoc/>
    public override DaprWorkflowClient Build() =>
        new(SharedHub ?? new TaskHubClient(new GrpcConnection(GrpcEndpoint, DaprApiToken)), serializer, Time, ownsHub: SharedHub is null);
}
