using Resort.Sidecar.Components;

namespace Resort.Sidecar.Invocation;

/// <summary>What one caller may do: <c>spec.accessControl.policies[]</c>.</summary>
internal sealed class CallerPolicy
{
    private readonly OperationRules rules = new();
    private readonly bool? allowsByDefault;

    private CallerPolicy(string trustDomain, bool? allowsByDefault) => (TrustDomain, this.allowsByDefault) = (trustDomain, allowsByDefault);

    public string TrustDomain { get; }

    /// <exception cref="ResourceException">A field is missing or wrong.</exception>
    public static CallerPolicy Read(Fields fields)
    {
        var policy = new CallerPolicy(fields.RequiredText("trustDomain"), AccessControl.Allows(fields, "defaultAction"));
        foreach (var operation in fields.Maps("operations"))
        {
            var allows = AccessControl.Allows(operation, "action") ?? throw operation.Wrong("action", "allow or deny");
            policy.rules.Add(operation.RequiredText("name"), new OperationRule(operation.Texts("httpVerb"), allows));
            operation.RefuseUnknown();
        }
        fields.RefuseUnknown();
        return policy;
    }

    /// <summary>What the policy says; null if it says nothing.</summary>
    public bool? Allows(string operation, string verb) => rules.Find(operation) is { } rule && rule.Speaks(verb) ? rule.Allows : allowsByDefault;
}

/// <summary>What is said of an operation. As in daprd, verbs are compared by case, and one without verbs speaks of none.</summary>
internal sealed record OperationRule(IReadOnlyList<string> Verbs, bool Allows)
{
    public bool Speaks(string verb) => Verbs.Contains("*") || Verbs.Contains(verb);
}
