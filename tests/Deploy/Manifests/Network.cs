using System.Globalization;
using System.Text.Json.Nodes;

namespace Resort.Tests.Deploy.Manifests;

/// <summary>What an overlay's NetworkPolicies let through: a connection needs the leave of its sender and of its receiver.</summary>
internal sealed class Network(Overlay overlay)
{
    private static readonly IReadOnlyDictionary<string, string> none = new Dictionary<string, string>();

    /// <summary>Whether pods of one workload may connect to a port of another's.</summary>
    public bool Connects(string from, string to, int port)
    {
        var (sender, receiver) = (Labels(from), Labels(to));
        return Allows(sender, "Egress", "egress", "to", port, peer => InNamespace(peer, null) && Selects(peer, receiver)) && Receives(receiver, port, peer => InNamespace(peer, null) && Selects(peer, sender));
    }

    /// <summary>Whether a workload may connect to a port in another namespace.</summary>
    public bool Leaves(string from, string toNamespace, int port) => Allows(Labels(from), "Egress", "egress", "to", port, peer => InNamespace(peer, toNamespace));

    /// <summary>Whether another namespace may connect to a port of a workload.</summary>
    public bool Enters(string fromNamespace, string to, int port) => Receives(Labels(to), port, peer => InNamespace(peer, fromNamespace));

    private bool Receives(IReadOnlyDictionary<string, string> pod, int port, Func<JsonNode, bool> isPeer) => Allows(pod, "Ingress", "ingress", "from", port, isPeer);

    private bool Allows(IReadOnlyDictionary<string, string> pod, string type, string rules, string peers, int port, Func<JsonNode, bool> isPeer)
    {
        var policies = overlay.Of("NetworkPolicy").Where(it => Selector.Selects(it.At("spec.podSelector"), pod) && it.Each("spec.policyTypes").Any(given => given.ToString() == type)).ToList();
        return policies.Count == 0 || policies.SelectMany(it => it.Each($"spec.{rules}")).Any(rule => HasPort(rule, port) && rule.Each(peers).Any(isPeer));
    }

    private static bool HasPort(JsonNode rule, int port) =>
        rule["ports"] is null || rule.Each("ports").Any(it => it["port"]!.ToString() == port.ToString(CultureInfo.InvariantCulture));

    private static bool InNamespace(JsonNode peer, string? name) => name is null
        ? peer["namespaceSelector"] is null
        : peer["namespaceSelector"] is { } selector && Selector.Selects(selector, new Dictionary<string, string> { ["kubernetes.io/metadata.name"] = name });

    private static bool Selects(JsonNode peer, IReadOnlyDictionary<string, string> labels) => Selector.Selects(peer["podSelector"], labels);

    private IReadOnlyDictionary<string, string> Labels(string workload) => overlay.Workloads.SingleOrDefault(it => it.Name == workload)?.PodLabels ?? none;
}
