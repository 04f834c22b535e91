using System.Globalization;
using System.Text.Json;
using Resort.Sidecar.Servers;
using Resort.Sidecar.Storage;
using StackExchange.Redis;

namespace Resort.Sidecar.PubSub.Redis;

/// <summary>
/// The stream of a topic as a consumer group uses it. Entries have daprd's fields: <c>data</c>, and <c>metadata</c> as JSON. All methods throw a
/// <see cref="StorageException"/> when the server cannot be reached or refuses.
/// </summary>
internal sealed class RedisStream(string topic, RedisBrokerSettings settings, RedisConnection redis)
{
    private readonly string group = settings.ConsumerId;

    /// <summary>Appends a message, and forgets those that are too many or too old.</summary>
    public Task AppendAsync(Message message, DateTimeOffset now)
    {
        List<object> arguments = [topic];
        if (settings.MaxLength > 0) arguments.AddRange(["MAXLEN", "~", settings.MaxLength]);
        if (settings.StreamTtl > TimeSpan.Zero) arguments.AddRange(["MINID", "~", Milliseconds(now - DateTimeOffset.UnixEpoch - settings.StreamTtl)]);
        arguments.AddRange(["*", "data", message.Data]);
        if (MessageMetadata.Write(message.Metadata) is { } metadata) arguments.AddRange(["metadata", metadata]);
        return redis.ExecuteAsync(settings.Database, "XADD", [.. arguments]);
    }

    /// <summary>Makes the group if there is none; it gets all messages that the stream has.</summary>
    public async Task JoinAsync()
    {
        try { await redis.ExecuteAsync(settings.Database, "XGROUP", "CREATE", topic, group, "0", "MKSTREAM"); }
        catch (RedisReplyException e) when (e.Is("BUSYGROUP")) { /* it is there */ }
    }

    /// <summary>Messages that nobody in the group has had; waits for the first, for some time, on a connection that has nothing else to do.</summary>
    public async Task<IEnumerable<HandedOut>> ReadAsync(RedisConnection own, TimeSpan wait)
    {
        var answer = await own.ExecuteBlockingAsync(wait, settings.Database, "XREADGROUP", "GROUP", group, group, "COUNT", settings.QueueDepth, "BLOCK", Milliseconds(wait), "STREAMS", topic, ">");
        return answer.IsNull ? [] : Entries(((RedisResult[])((RedisResult[])answer)[0])[1]);
    }

    /// <summary>Has the connection of that id wait no longer in <see cref="ReadAsync"/>.</summary>
    public Task StopReadingAsync(long id) => redis.ExecuteAsync(settings.Database, "CLIENT", "UNBLOCK", id);

    /// <summary>Takes over messages that have been pending for too long, from whomever in the group.</summary>
    public async Task<IEnumerable<HandedOut>> ReclaimAsync()
    {
        var answer = (RedisResult[])await redis.ExecuteAsync(
            settings.Database, "XAUTOCLAIM", topic, group, group, Milliseconds(settings.ProcessingTimeout), "0-0", "COUNT", settings.QueueDepth);
        return Entries(answer[1]);
    }

    /// <summary>A message is done with.</summary>
    public Task AcknowledgeAsync(string id) => redis.ExecuteAsync(settings.Database, "XACK", topic, group, id);

    /// <summary>Gives messages back that were not begun, so that they are taken over at once.</summary>
    public Task ReleaseAsync(IEnumerable<string> ids) =>
        redis.ExecuteAsync(settings.Database, "XCLAIM", [topic, group, group, 0, .. ids, "IDLE", Milliseconds(settings.ProcessingTimeout), "JUSTID"]);

    private IEnumerable<HandedOut> Entries(RedisResult entries) =>
        ((RedisResult[])entries).Where(entry => !entry.IsNull && !((RedisResult[])entry)[1].IsNull).Select(entry => Entry((RedisResult[])entry)); // null: cut off meanwhile

    private HandedOut Entry(RedisResult[] entry)
    {
        var fields = (RedisValue[])entry[1];
        byte[] data = [];
        string? metadata = null;
        for (var i = 0; i + 1 < fields.Length; i += 2)
            if (fields[i] == "data") data = fields[i + 1]!;
            else if (fields[i] == "metadata") metadata = fields[i + 1];
        return new HandedOut((string)entry[0]!, new Message(topic, data, Metadata(metadata)));
    }

    /// <summary>Metadata that somebody else has written in another form is left out.</summary>
    private static IReadOnlyDictionary<string, string> Metadata(string? json)
    {
        try { return MessageMetadata.Read(json); }
        catch (JsonException) { return MessageMetadata.Read(null); }
    }

    private static string Milliseconds(TimeSpan time) => Math.Max(0, (long)time.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
}
