using Resort.Sidecar.Invocation;

namespace Resort.Sidecar.Metrics;

/// <summary>Invocations between apps, and whom access control let through.</summary>
internal sealed class InvocationMetrics(MetricsRegistry all)
{
    private const string Streaming = "streaming"; // how sidecars of daprd pass bodies to each other
    private static readonly string[] caller = ["app_id", "namespace", "trustDomain"];

    private readonly Counter<(string, string)> sent = all.Count<(string, string)>("runtime_service_invocation_req_sent_total", "The number of requests sent via service invocation.", "dst_app_id", "type");
    private readonly Counter<ValueTuple<string>> received = all.Count<ValueTuple<string>>("runtime_service_invocation_req_recv_total", "The number of requests received via service invocation.", "src_app_id");
    private readonly Counter<(string, int)> answered = all.Count<(string, int)>("runtime_service_invocation_res_sent_total", "The number of responses sent via service invocation.", "dst_app_id", "status");
    private readonly Counter<(string, int, string)> answers = all.Count<(string, int, string)>("runtime_service_invocation_res_recv_total", "The number of responses received via service invocation.", "src_app_id", "status", "type");
    private readonly Distribution<(string, int)> latency = all.Latency<(string, int)>("runtime_service_invocation_res_recv_latency_ms", "The latency of service invocation response.", "src_app_id", "status");
    private readonly Counter<(string, string, string)> appAllowed = all.Count<(string, string, string)>("runtime_acl_app_policy_action_allowed_total", "The number of requests allowed by the app specific action specified in the access control policy.", caller);
    private readonly Counter<(string, string, string)> appBlocked = all.Count<(string, string, string)>("runtime_acl_app_policy_action_blocked_total", "The number of requests blocked by the app specific action specified in the access control policy.", caller);
    private readonly Counter<(string, string, string)> globalAllowed = all.Count<(string, string, string)>("runtime_acl_global_policy_action_allowed_total", "The number of requests allowed by the global action specified in the access control policy.", caller);
    private readonly Counter<(string, string, string)> globalBlocked = all.Count<(string, string, string)>("runtime_acl_global_policy_action_blocked_total", "The number of requests blocked by the global action specified in the access control policy.", caller);

    /// <summary>This app calls another one.</summary>
    public void Sent(string app) => sent.Add((app, Streaming));

    /// <summary>The other one has answered.</summary>
    public void Answer(string app, int status, TimeSpan took)
    {
        answers.Add((app, status, Streaming));
        latency.Observe((app, status), took.TotalMilliseconds);
    }

    /// <summary>This app is called by another one.</summary>
    public void Received(string app) => received.Add(new(app));

    /// <summary>This app has answered.</summary>
    public void Answered(string app, int status) => answered.Add((app, status));

    /// <summary>Access control has decided about a caller, by what its policy says or by the default of all.</summary>
    public void Decided(CallerIdentity identity, AccessDecision decision)
    {
        var counter = decision.IsOfApp ? (decision.Allows ? appAllowed : appBlocked) : decision.Allows ? globalAllowed : globalBlocked;
        counter.Add((identity.AppId, identity.Namespace, identity.TrustDomain));
    }
}
