using Resort.Sidecar.Components;

namespace Resort.Sidecar.Invocation;

/// <summary>
/// Who may call which operations of an app (<c>spec.accessControl</c> of its Configuration), asked by its own sidecar for calls that come from
/// others. The policy of the calling app decides; where it does not speak of the operation, its default; where there is none, the default of all.
/// </summary>
internal sealed class AccessControl
{
    private const string DefaultTrustDomain = "public";
    private readonly bool allowsByDefault;
    private readonly Dictionary<(string AppId, string Namespace), CallerPolicy> policies;

    private AccessControl(bool allowsByDefault, string trustDomain, Dictionary<(string, string), CallerPolicy> policies) =>
        (this.allowsByDefault, TrustDomain, this.policies) = (allowsByDefault, trustDomain, policies);

    /// <summary>Without the section everybody may call everything.</summary>
    public static AccessControl Open { get; } = new(true, DefaultTrustDomain, []);

    /// <summary>The trust domain of the app itself, part of its identity when it calls others.</summary>
    public string TrustDomain { get; }

    /// <summary>Reads the section. Without a default action everything is allowed, also beside policies, as in daprd.</summary>
    /// <exception cref="ResourceException">A policy says not whom it is about, or an action is neither <c>allow</c> nor <c>deny</c>.</exception>
    public static AccessControl Read(Fields section)
    {
        var policies = new Dictionary<(string, string), CallerPolicy>();
        foreach (var policy in section.Maps("policies"))
        {
            var caller = (policy.RequiredText("appId"), policy.RequiredText("namespace"));
            if (!policies.TryAdd(caller, CallerPolicy.Read(policy))) throw new ResourceException(policy.LocationOf("appId"), $"`{caller.Item1}` already has a policy");
        }
        var control = new AccessControl(Allows(section, "defaultAction") ?? true, section.Text("trustDomain") is { Length: > 0 } domain ? domain : DefaultTrustDomain, policies);
        section.RefuseUnknown();
        return control;
    }

    /// <summary>Whether a caller may do this; the operation is a decoded path without a slash in front.</summary>
    public AccessDecision Decide(CallerIdentity caller, string operation, string verb)
    {
        var policy = policies.GetValueOrDefault((caller.AppId, caller.Namespace));
        return policy?.TrustDomain == caller.TrustDomain && policy.Allows(operation, verb) is { } allows
            ? new AccessDecision(allows, IsOfApp: true)
            : new AccessDecision(allowsByDefault, IsOfApp: false);
    }

    /// <summary>An action; null if there is none.</summary>
    public static bool? Allows(Fields fields, string name) => fields.Text(name)?.ToLowerInvariant() switch
    {
        null or "" => null,
        "allow" => true,
        "deny" => false,
        _ => throw fields.Wrong(name, "allow or deny"),
    };
}

/// <summary>Whether a call is let through, and whether the calling app's own policy says so.</summary>
internal readonly record struct AccessDecision(bool Allows, bool IsOfApp);
