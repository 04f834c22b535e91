namespace Resort.Sidecar.Components;

/// <summary>Reads Subscription documents of both versions.</summary>
internal static class SubscriptionReader
{
    public static Subscription Read(Fields document)
    {
        var version2 = document.Text("apiVersion") == "dapr.io/v2alpha1";
        var (_, scopes) = ResourceReader.Header(document);
        var spec = document.Map("spec") ?? throw new ResourceException(document.Location, "the subscription has no `spec`");
        var (route, rules) = version2 ? Routes(spec) : (spec.Text("route"), []);
        var subscription = new Subscription
        {
            PubsubName = spec.RequiredText("pubsubname"),
            Topic = spec.RequiredText("topic"),
            DefaultRoute = route,
            Rules = rules,
            Metadata = spec.TextMap("metadata"),
            DeadLetterTopic = spec.Text("deadLetterTopic"),
            Bulk = Bulk(spec),
            Scopes = scopes,
            Location = document.Location,
        };
        spec.RefuseUnknown();
        document.RefuseUnknown();
        return subscription;
    }

    private static (string?, IReadOnlyList<RouteRule>) Routes(Fields spec)
    {
        if (spec.Map("routes") is not { } routes) return (null, []);
        var result = (routes.Text("default"), (IReadOnlyList<RouteRule>)[.. routes.Maps("rules").Select(Rule)]);
        routes.RefuseUnknown();
        return result;
    }

    private static RouteRule Rule(Fields fields)
    {
        var rule = new RouteRule(fields.Text("match") ?? "", fields.RequiredText("path"));
        fields.RefuseUnknown();
        return rule;
    }

    private static BulkSubscribe? Bulk(Fields spec)
    {
        if (spec.Map("bulkSubscribe") is not { } bulk) return null;
        var enabled = bulk.Bool("enabled") ?? false;
        var settings = new BulkSubscribe(bulk.Number("maxMessagesCount"), bulk.Number("maxAwaitDurationMs"));
        bulk.RefuseUnknown();
        return enabled ? settings : null;
    }
}
