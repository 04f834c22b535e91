namespace Resort.Sidecar.Api;

/// <content>Errors of the bindings API.</content>
internal static partial class Errors
{
    /// <summary>The body of a call cannot be read.</summary>
    public static DaprError BindingBody(string cause) => MalformedRequest($"failed deserializing HTTP body: {cause}");

    /// <summary>The operation was not done, whatever the reason: also an unknown binding is a 500, as in Dapr.</summary>
    public static DaprError OutputBinding(string name, string cause) => new(500, "ERR_INVOKE_OUTPUT_BINDING", $"error invoking output binding {name}: {cause}");
}
