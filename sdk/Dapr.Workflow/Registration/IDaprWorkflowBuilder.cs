using Dapr.Common;

namespace Dapr.Workflow.Registration;

/// <summary>Further settings of the workflow worker.</summary>
public interface IDaprWorkflowBuilder : IDaprServiceBuilder;
