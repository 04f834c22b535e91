using Dapr.DurableTask.Protobuf;
using Google.Protobuf;
using Resort.Sidecar.Storage;

namespace Resort.Sidecar.Workflow.Instances;

/// <summary>
/// The tables of the workflow engine: a row for each instance, its history in pieces that are only ever appended, and the events that wait. Every app
/// sees its own instances only. A piece's id is the key of its instance in the upper bits and its place in the history in the lower 24: so an
/// instance's pieces lie together in the table's one tree, in order, and no index is needed.
/// </summary>
internal sealed class InstanceStore(string appId)
{
    private const int PieceBits = 24;

    private const string Schema = """
        CREATE TABLE IF NOT EXISTS workflow_instance (key INTEGER PRIMARY KEY, app TEXT NOT NULL, id TEXT NOT NULL, custom_status TEXT, due INTEGER, UNIQUE (app, id));
        CREATE INDEX IF NOT EXISTS workflow_due ON workflow_instance (app, due) WHERE due IS NOT NULL;
        CREATE TABLE IF NOT EXISTS workflow_history (id INTEGER PRIMARY KEY, events BLOB NOT NULL);
        CREATE TABLE IF NOT EXISTS workflow_inbox (instance INTEGER, sequence INTEGER, event BLOB NOT NULL, PRIMARY KEY (instance, sequence)) WITHOUT ROWID;
        """;

    public static void CreateTables(Session session) => session.Run(Schema);

    /// <summary>What is stored under an id, or null.</summary>
    public StoredInstance? Load(Session session, string id)
    {
        var row = session.QueryFirst("SELECT key, custom_status, due FROM workflow_instance WHERE app = ?1 AND id = ?2",
            found => new StoredInstance(found.GetInt64(0), new InstanceRow(found.IsDBNull(1) ? null : found.GetString(1), found.IsDBNull(2) ? null : found.GetInt64(2)), [], []), appId, id);
        return row is null ? null : row with
        {
            History = session.Query("SELECT events FROM workflow_history WHERE id >= ?1 AND id < ?2 ORDER BY id", found => found.GetFieldValue<byte[]>(0), PieceId(row.Key, 0), PieceId(row.Key + 1, 0)),
            Inbox = session.Query("SELECT sequence, event FROM workflow_inbox WHERE instance = ?1 ORDER BY sequence",
                found => new InboxEvent(found.GetInt64(0), HistoryEvent.Parser.ParseFrom(found.GetFieldValue<byte[]>(1))), row.Key),
        };
    }

    /// <summary>The events of an instance's history, or null if there is no such instance.</summary>
    public IReadOnlyList<HistoryEvent>? History(Session session, string id) => Load(session, id)?.History.SelectMany(Events).ToList();

    /// <summary>The events of one stored piece.</summary>
    public static IEnumerable<HistoryEvent> Events(byte[] piece) => WorkflowRequest.Parser.ParseFrom(piece).PastEvents;

    /// <summary>A piece of history as it is stored.</summary>
    public static byte[] Piece(IEnumerable<HistoryEvent> events) => new WorkflowRequest { PastEvents = { events } }.ToByteArray();

    /// <summary>Ids in the order in which they came, beginning behind a key.</summary>
    public List<(long Key, string Id)> List(Session session, long after, int count) =>
        session.Query("SELECT key, id FROM workflow_instance WHERE app = ?1 AND key > ?2 ORDER BY key LIMIT ?3", found => (found.GetInt64(0), found.GetString(1)), appId, after, count);

    /// <summary>The instances that the engine has to look at by itself, and when (ticks, 0 at once).</summary>
    public List<(string Id, long Due)> Due(Session session) =>
        session.Query("SELECT id, due FROM workflow_instance WHERE app = ?1 AND due IS NOT NULL", found => (found.GetString(0), found.GetInt64(1)), appId);

    /// <summary>Stores changes; returns the key of the instance's row, 0 if it has none any more.</summary>
    public long Write(Session session, InstanceChanges changes, long key)
    {
        if (key != 0 && (changes.Delete || changes.Reset))
        {
            session.Execute("DELETE FROM workflow_history WHERE id >= ?1 AND id < ?2", PieceId(key, 0), PieceId(key + 1, 0));
            session.Execute("DELETE FROM workflow_inbox WHERE instance = ?1", key);
        }
        if (changes.Delete)
        {
            if (key != 0) session.Execute("DELETE FROM workflow_instance WHERE key = ?1", key);
            return 0;
        }
        if (key == 0)
            key = session.QueryFirst("INSERT INTO workflow_instance (app, id, custom_status, due) VALUES (?1, ?2, ?3, ?4) RETURNING key",
                made => made.GetInt64(0), appId, changes.Instance.Id, changes.Row!.Value.CustomStatus, changes.Row.Value.Due);
        else if (changes.Row is { } row)
            session.Execute("UPDATE workflow_instance SET custom_status = ?2, due = ?3 WHERE key = ?1", key, row.CustomStatus, row.Due);
        if (changes.InboxDoneTo is { } done) session.Execute("DELETE FROM workflow_inbox WHERE instance = ?1 AND sequence <= ?2", key, done);
        for (var i = 0; i < changes.NewHistory.Count; i++)
            session.Execute("INSERT INTO workflow_history (id, events) VALUES (?1, ?2)", PieceId(key, changes.FirstPiece + i), changes.NewHistory[i]);
        foreach (var waiting in changes.NewInbox)
            session.Execute("INSERT INTO workflow_inbox (instance, sequence, event) VALUES (?1, ?2, ?3)", key, waiting.Sequence, waiting.Event.ToByteArray());
        return key;
    }

    private static long PieceId(long key, int piece) => (key << PieceBits) | (long)piece;
}
