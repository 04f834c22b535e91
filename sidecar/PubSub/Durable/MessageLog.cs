using System.Collections.Concurrent;
using Resort.Sidecar.Storage;

namespace Resort.Sidecar.PubSub.Durable;

/// <summary>
/// The messages in one database, for all components that name it. A publish is one insert in the group commit; from there the message goes
/// straight to the groups that subscribe, so nothing is polled and the table is read only to catch up.
/// </summary>
internal sealed class MessageLog : IAsyncDisposable
{
    private const string Schema = """
        CREATE TABLE IF NOT EXISTS topics (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
        CREATE TABLE IF NOT EXISTS messages (id INTEGER PRIMARY KEY, data BLOB NOT NULL, metadata TEXT, published INTEGER NOT NULL);
        CREATE TABLE IF NOT EXISTS consumers (topic INTEGER NOT NULL, name TEXT NOT NULL, position INTEGER NOT NULL, open TEXT NOT NULL, PRIMARY KEY (topic, name)) WITHOUT ROWID;
        """;

    private readonly ConcurrentDictionary<string, LogTopic> topics = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource closing = new();
    private readonly LogUpkeep upkeep;
    private int lastNumber;

    private MessageLog(Database database, TimeProvider clock, ILogger log)
    {
        (Database, Clock, Log) = (database, clock, log);
        upkeep = new LogUpkeep(this);
    }

    public Database Database { get; }
    public TimeProvider Clock { get; }
    public ILogger Log { get; }
    public IEnumerable<LogTopic> Topics => topics.Values;

    /// <summary>Opens the log of a database, making its tables if it has none.</summary>
    /// <exception cref="StorageException">The database cannot be written.</exception>
    public static async Task<MessageLog> OpenAsync(Database database, TimeProvider clock, ILogger log)
    {
        var messages = new MessageLog(database, clock, log);
        await database.WriteAsync(messages.Load);
        messages.upkeep.Start();
        return messages;
    }

    /// <summary>How long a message waits at most for a group that has not subscribed; the longest that any component asks for counts.</summary>
    public void Keep(TimeSpan retention) => upkeep.Keep(retention);

    /// <summary>Publishes a message; completes when it is on disk.</summary>
    public Task PublishAsync(Message message) => Database.WriteAsync(session => Append(session, message));

    /// <summary>Publishes a message with the work of a session: it goes out when that is on disk, and never was if that is undone.</summary>
    public void Append(Session session, Message message)
    {
        var topic = Topic(session, message.Topic);
        var sequence = topic.Next();
        var metadata = MessageMetadata.Write(message.Metadata);
        session.Execute("INSERT INTO messages (id, data, metadata, published) VALUES (?1, ?2, ?3, ?4)", topic.IdOf(sequence), message.Data, metadata, Clock.GetUtcNow().ToUnixTimeMilliseconds());
        session.AfterCommit(() => topic.Committed(sequence, message));
    }

    /// <summary>Adds a consumer to a topic's group of this name; a new group begins with the oldest message that is still there.</summary>
    public async Task<GroupMember> JoinAsync(string groupName, Consumer consumer, int concurrency)
    {
        var group = await Database.WriteAsync(session =>
        {
            var topic = Topic(session, consumer.Topic);
            session.Execute("INSERT OR IGNORE INTO consumers (topic, name, position, open) VALUES (?1, ?2, 0, '')", topic.Number, groupName);
            return topic.Group(groupName, () => new ConsumerGroup(this, topic, groupName, new Progress(0, "")));
        });
        return group.Join(consumer, concurrency);
    }

    /// <summary>Messages of a topic in order, after <paramref name="from"/> and up to <paramref name="to"/>.</summary>
    public List<QueuedMessage> Read(LogTopic topic, long from, long to, int most) => Database.Read(session => session.Query(
        "SELECT id, data, metadata FROM messages WHERE id > ?1 AND id <= ?2 ORDER BY id LIMIT ?3",
        row => new QueuedMessage(LogTopic.SequenceOf(row.GetInt64(0)), new Message(topic.Name, row.GetFieldValue<byte[]>(1), MessageMetadata.Read(row.IsDBNull(2) ? null : row.GetString(2)))),
        topic.IdOf(from), topic.IdOf(to), most));

    /// <summary>Deletes what has waited too long.</summary>
    public Task SweepAsync() => upkeep.SweepAsync();

    /// <summary>A group has handled something.</summary>
    public void ProgressMade() => upkeep.ProgressMade();

    /// <summary>Waits; false if the log closes meanwhile.</summary>
    public async Task<bool> PauseAsync(TimeSpan pause)
    {
        await Task.Delay(pause, Clock, closing.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !closing.IsCancellationRequested;
    }

    /// <summary>Writes what the groups have handled, and closes.</summary>
    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        await upkeep.DisposeAsync();
    }

    private LogTopic Topic(Session session, string name)
    {
        var topic = topics.GetOrAdd(name, created => new LogTopic(++lastNumber, created, last: 0, isStored: false));
        if (topic.IsStored) return topic;
        session.Execute("INSERT OR IGNORE INTO topics (number, name) VALUES (?1, ?2)", topic.Number, name);
        session.AfterCommit(topic.Stored);
        return topic;
    }

    private void Load(Session session)
    {
        foreach (var statement in Schema.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)) session.Run(statement);
        foreach (var (number, name) in session.Query("SELECT number, name FROM topics", row => (row.GetInt32(0), row.GetString(1))))
        {
            var (from, to) = (LogTopic.IdOf(number, 0), LogTopic.IdOf(number, LogTopic.LargestSequence));
            var first = session.QueryFirst("SELECT min(id) FROM messages WHERE id > ?1 AND id <= ?2", Id, from, to);
            var last = session.QueryFirst("SELECT max(id) FROM messages WHERE id > ?1 AND id <= ?2", Id, from, to);
            var groups = session.Query("SELECT name, position, open FROM consumers WHERE topic = ?1", row => (Name: row.GetString(0), Position: row.GetInt64(1), Open: row.GetString(2)), number);
            var topic = new LogTopic(number, name, Math.Max(LogTopic.SequenceOf(last), groups.Select(group => group.Position).DefaultIfEmpty().Max()), isStored: true)
            {
                DeletedTo = Math.Max(0, LogTopic.SequenceOf(first) - 1),
            };
            foreach (var group in groups) topic.Group(group.Name, () => new ConsumerGroup(this, topic, group.Name, new Progress(group.Position, group.Open)));
            topics[name] = topic;
            lastNumber = Math.Max(lastNumber, number);
        }
    }

    private static long Id(Microsoft.Data.Sqlite.SqliteDataReader row) => row.IsDBNull(0) ? 0 : row.GetInt64(0);
}
