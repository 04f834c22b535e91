namespace Resort.Sidecar.Components;

/// <summary>The component types that daprd 1.18 has and the embedded sidecar has not, so that each is refused for the right reason.</summary>
internal static class ForeignTypes
{
    /// <summary>Categories that the embedded sidecar does not serve at all.</summary>
    private static readonly string[] categories = ["configuration", "conversation", "crypto", "lock", "middleware"];

    private static readonly HashSet<string> types =
    [
        .. Bindings("alicloud.dingtalk.webhook alicloud.dubbo alicloud.oss alicloud.sls alicloud.tablestore apns aws.dynamodb aws.kinesis aws.s3 aws.ses aws.sns aws.sqs"),
        .. Bindings("azure.blobstorage azure.cosmosdb azure.cosmosdb.gremlinapi azure.eventgrid azure.eventhubs azure.openai azure.servicebus.queues"),
        .. Bindings("azure.servicebusqueues azure.signalr azure.storagequeues cloudflare.queues commercetools cron dingtalk.webhook dubbo gcp.bucket gcp.pubsub"),
        .. Bindings("graphql huawei.obs influx kafka kubemq kubernetes localstorage mqtt mqtt3 mysql postgres postgresql postmark rabbitmq redis"),
        .. Bindings("rethinkdb.statechange rocketmq sftp smtp twilio.sendgrid twilio.sms wasm zeebe.command zeebe.jobworker"),
        "pubsub.aws.snssqs", "pubsub.azure.eventhubs", "pubsub.azure.servicebus", "pubsub.azure.servicebus.queues", "pubsub.azure.servicebus.topics",
        "pubsub.azure.servicebusqueues", "pubsub.gcp.pubsub", "pubsub.jetstream", "pubsub.kafka", "pubsub.kubemq", "pubsub.mqtt", "pubsub.mqtt3",
        "pubsub.pulsar", "pubsub.rocketmq", "pubsub.snssqs", "pubsub.solace.amqp",
        "secretstores.alicloud.parameterstore", "secretstores.aws.parameterstore", "secretstores.aws.secretmanager", "secretstores.azure.keyvault",
        "secretstores.gcp.secretmanager", "secretstores.hashicorp.vault", "secretstores.huaweicloud.csms", "secretstores.kubernetes",
        "secretstores.tencentcloud.ssm",
        "state.aerospike", "state.alicloud.tablestore", "state.aws.dynamodb", "state.azure.blobstorage", "state.azure.cosmosdb", "state.azure.sql",
        "state.azure.tablestorage", "state.cassandra", "state.cloudflare.workerskv", "state.cockroachdb", "state.coherence", "state.consul",
        "state.couchbase", "state.etcd", "state.gcp.firestore", "state.hashicorp.consul", "state.hazelcast", "state.jetstream", "state.memcached",
        "state.mongodb", "state.mysql", "state.oci.objectstorage", "state.oracledatabase", "state.postgres", "state.ravendb",
        "state.rethinkdb", "state.sqlserver", "state.yugabytedb", "state.zookeeper",
    ];

    private static IEnumerable<string> Bindings(string names) => names.Split(' ').Select(name => $"bindings.{name}");

    /// <summary>Refuses the components of categories other than <paramref name="served"/>.</summary>
    /// <exception cref="ResourceException">There is one, and it does not say <c>ignoreErrors</c>.</exception>
    public static void Refuse(IEnumerable<Component> components, string[] served, ILogger log)
    {
        foreach (var component in components.Where(component => !served.Contains(component.Category)))
        {
            var reason = categories.Contains(component.Category)
                ? $"the embedded sidecar has no `{component.Category}` components ({component.Type}); run this on daprd"
                : $"there is no component type `{component.Type}`; a type begins with one of {string.Join(", ", served.Select(category => category + "."))}";
            if (!component.IgnoreErrors) throw new ResourceException(component.Location, reason);
            ComponentLog.Ignored(log, component.Name, reason);
        }
    }

    /// <summary>Types whose other versions daprd has, too.</summary>
    private static readonly HashSet<string> versioned = ["state.postgresql/v1", "state.postgres/v1"];

    /// <summary>Why a version of a served type is refused.</summary>
    public static string WhyNotVersion(string type, string version, string served) => versioned.Contains($"{type}/{version}")
        ? $"the embedded sidecar has no {type} {version}; run this on daprd, or use `version: {served}`, which keeps its data in another table"
        : $"{type} has no version {version}; the embedded sidecar has {served}";

    /// <summary>Why a type of a served category is refused.</summary>
    public static string WhyNot(string type, IEnumerable<string> served) => types.Contains(type)
        ? $"the embedded sidecar has no {type}; run this on daprd, or use {string.Join(" or ", served)}"
        : $"there is no component type `{type}`; the embedded sidecar has {string.Join(", ", served)}";
}
