using Resort.Sidecar.PubSub.Delivery;

namespace Resort.Sidecar.Metrics;

/// <summary>What was published (egress), and what was delivered to the app (ingress); in bulk and one by one.</summary>
internal sealed class PubSubMetrics(MetricsRegistry all, string @namespace)
{
    private static readonly string[] published = ["component", "namespace", "success", "topic"];
    private static readonly string[] delivered = ["component", "namespace", "process_status", "status", "topic"];
    private static readonly string[] deliveredInBulk = ["component", "namespace", "topic"];

    private readonly Counter<(string, string, bool, string)> egress = all.Count<(string, string, bool, string)>("component_pubsub_egress_count", "The number of outgoing messages published to the pub/sub component.", published);
    private readonly Distribution<(string, string, bool, string)> egressLatency = all.Latency<(string, string, bool, string)>("component_pubsub_egress_latencies", "The latency of the response from the pub/sub component.", published);
    private readonly Counter<(string, string, bool, string)> bulkEgress = all.Count<(string, string, bool, string)>("component_pubsub_egress_bulk_count", "The number of bulk publish calls to the pub/sub component.", published);
    private readonly Counter<(string, string, bool, string)> bulkEgressEvents = all.Count<(string, string, bool, string)>("component_pubsub_egress_bulk_event_count", "The number of outgoing messages published in bulk.", published);
    private readonly Distribution<(string, string, bool, string)> bulkEgressLatency = all.Latency<(string, string, bool, string)>("component_pubsub_egress_bulk_latencies", "The latency of the response for the bulk publish call from the pub/sub component.", published);
    private readonly Counter<(string, string, string, string, string)> ingress = all.Count<(string, string, string, string, string)>("component_pubsub_ingress_count", "The number of incoming messages arriving from the pub/sub component.", delivered);
    private readonly Distribution<(string, string, string, string, string)> ingressLatency = all.Latency<(string, string, string, string, string)>("component_pubsub_ingress_latencies", "The consuming app event processing latency.", delivered);
    private readonly Counter<(string, string, string)> bulkIngress = all.Count<(string, string, string)>("component_pubsub_ingress_bulk_count", "The number of incoming bulk subscribe calls arriving from the bulk pub/sub component.", deliveredInBulk);
    private readonly Counter<(string, string, string, string)> bulkIngressEvents = all.Count<(string, string, string, string)>("component_pubsub_ingress_bulk_event_count", "Total number of incoming messages arriving from the bulk pub/sub component.", "component", "namespace", "process_status", "topic");
    private readonly Distribution<(string, string, string)> bulkIngressLatency = all.Latency<(string, string, string)>("component_pubsub_ingress_bulk_latencies", "The consuming app event processing latency for the bulk pub/sub component.", deliveredInBulk);

    /// <summary>The broker has taken an event, or not.</summary>
    public void Published(string component, string topic, bool success, TimeSpan took)
    {
        egress.Add((component, @namespace, success, topic));
        egressLatency.Observe((component, @namespace, success, topic), took.TotalMilliseconds);
    }

    /// <summary>The broker has taken so many events of a bulk publish; success if that was all.</summary>
    public void PublishedInBulk(string component, string topic, bool success, int taken, TimeSpan took)
    {
        bulkEgress.Add((component, @namespace, success, topic));
        if (taken > 0) bulkEgressEvents.Add((component, @namespace, true, topic), taken);
        bulkEgressLatency.Observe((component, @namespace, success, topic), took.TotalMilliseconds);
    }

    /// <summary>The app was asked to handle an event, or a rule before it has decided; <paramref name="isAnswer"/> if that is the app's own word.</summary>
    public void Delivered(string component, string topic, Outcome outcome, bool isAnswer, TimeSpan took)
    {
        var labels = (component, @namespace, Word(outcome), isAnswer ? "success" : "", topic);
        ingress.Add(labels);
        ingressLatency.Observe(labels, took.TotalMilliseconds);
    }

    /// <summary>The app was asked to handle several events at once.</summary>
    public void DeliveredInBulk(string component, string topic, TimeSpan took)
    {
        bulkIngress.Add((component, @namespace, topic));
        bulkIngressLatency.Observe((component, @namespace, topic), took.TotalMilliseconds);
    }

    /// <summary>What became of one of several events that were delivered at once.</summary>
    public void HandledInBulk(string component, string topic, Outcome outcome) => bulkIngressEvents.Add((component, @namespace, Word(outcome), topic));

    private static string Word(Outcome outcome) => outcome switch { Outcome.Success => "success", Outcome.Drop => "drop", _ => "retry" };
}
