namespace Dapr.Workflow.Abstractions;

/// <summary>The name of a workflow or an activity.</summary>
public readonly record struct TaskIdentifier(string Name)
{
    /// <summary>A name as an identifier.</summary>
    public static implicit operator TaskIdentifier(string name) => new(name);

    /// <summary>An identifier as its name.</summary>
    public static implicit operator string(TaskIdentifier identifier) => identifier.Name;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
