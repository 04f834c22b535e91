using Resort.Sidecar.Components;
using Resort.Sidecar.Storage;
using Resort.Sidecar.Workflow.Instances;
using Resort.Sidecar.Workflow.Turns;
using Resort.Sidecar.Workflow.Workers;

namespace Resort.Sidecar.Workflow;

/// <summary>
/// The workflow engine of one app. This file is its inside: instances are changed in memory, and saved together in the next group commit.
/// What clients and workers ask for is in the other files of this class.
/// </summary>
internal sealed partial class WorkflowEngine : IDisposable
{
    private readonly string @namespace;
    private readonly Database database;
    private readonly InstanceStore store;
    private readonly InstanceTable instances;
    private readonly SaveQueue saves;
    private readonly AlarmClock alarms;
    private readonly WorkQueue work;
    private readonly EngineParts parts;
    private readonly HashSet<string> stalled = new(StringComparer.Ordinal); // its own lock
    private readonly Lazy<Task> started;
    private readonly ILogger log;

    /// <param name="appId">Whose workflows these are.</param>
    /// <param name="namespace">Stands in the names of actors that messages mention.</param>
    /// <param name="database">Where they are kept.</param>
    /// <param name="settings">Limits and retention.</param>
    /// <param name="clock">Timers and timestamps go by it.</param>
    /// <param name="log">Stalls and failures.</param>
    /// <param name="resting">How many instances that have nothing to do just now stay in memory.</param>
    public WorkflowEngine(
        string appId, string? @namespace, Database database, WorkflowSettings settings, TimeProvider clock, ILogger<WorkflowEngine> log, int resting = 4096)
    {
        this.@namespace = @namespace ?? "default";
        this.database = database;
        this.log = log;
        store = new InstanceStore(appId);
        work = new WorkQueue(settings.MaxConcurrentWorkflows, settings.MaxConcurrentActivities);
        parts = new EngineParts(new HistoryEvents(appId, clock), work, clock, settings, Hold);
        instances = new InstanceTable(parts, resting);
        saves = new SaveQueue(database, Save, Release, Abandon);
        alarms = new AlarmClock(clock, Wake);
        started = new Lazy<Task>(TakeUpAsync);
    }

    /// <summary>Opens the tables and takes up what a former process left: at once, or when it falls due. Only the first call does something.</summary>
    public Task StartAsync() => started.Value;

    public void Dispose() => alarms.Dispose();

    private async Task TakeUpAsync()
    {
        await database.WriteAsync(InstanceStore.CreateTables);
        foreach (var (id, due) in database.Read(store.Due))
            if (due > 0) alarms.Set(id, due);
            else Look(id, static _ => true);
    }

    /// <summary>Looks at or changes an instance. The task completes when the changes are on disk and shown.</summary>
    private (T Result, Task Saved) Use<T>(string id, Func<Instance, T> action)
    {
        while (true)
        {
            var instance = instances.Get(id, missing => database.Read(session => store.Load(session, missing)));
            T result;
            Task saved;
            lock (instance.Gate)
            {
                if (instance.IsEvicted) continue;
                TakeUp(instance);
                result = action(instance);
                if (instance.IsChanged) return (result, saves.Add(instance));
                saved = Task.CompletedTask;
            }
            instances.Rest(instance);
            return (result, saved);
        }
    }

    private Task Change(string id, Action<Instance> action) => Use(id, instance => { action(instance); return true; }).Saved;

    private T Look<T>(string id, Func<Instance, T> action) => Use(id, action).Result;

    /// <summary>What is left to do of an instance that was just loaded.</summary>
    private void TakeUp(Instance instance)
    {
        if (instance.TakeUp()) alarms.Set(instance.Id, instance.Alarm());
    }

    /// <summary>
    /// On the thread that writes: stores what has changed, and with it, in the same transaction, what that means for other instances, which
    /// are added to <paramref name="changed"/>.
    /// </summary>
    private List<InstanceChanges> Save(Session session, List<Instance> changed)
    {
        List<InstanceChanges> saved = [];
        for (var i = 0; i < changed.Count; i++)
        {
            var instance = changed[i];
            InstanceChanges? changes;
            lock (instance.Gate) changes = instance.IsEvicted ? null : instance.TakeChanges();
            if (changes is null) continue;
            saved.Add(changes);
            instance.Key = store.Write(session, changes, instance.Key);
            foreach (var message in changes.Messages) Deliver(session, message, changed);
        }
        return saved;
    }

    private void Deliver(Session session, Message message, List<Instance> changed)
    {
        for (Message? next = message; next is not null;)
        {
            var receiver = instances.Get(next.InstanceId, missing => store.Load(session, missing));
            lock (receiver.Gate)
            {
                if (receiver.IsEvicted) continue;
                TakeUp(receiver);
                next = receiver.Deliver(next.Event);
            }
            changed.Add(receiver);
        }
    }

    /// <summary>After the commit: shows the new states, and lets happen what was asked for.</summary>
    private void Release(List<InstanceChanges> saved)
    {
        foreach (var changes in saved)
        {
            // Two writes may be released in the other order: only the later one knows what the instance waits for.
            lock (changes.Instance.Gate)
                if (changes.Instance.Saved(changes)) alarms.Set(changes.Instance.Id, changes.Alarm);
            if (changes.Turn is not null) work.Add(changes.Turn);
            foreach (var activity in changes.Activities) work.Add(activity);
            instances.Rest(changes.Instance);
        }
    }

    /// <summary>The write failed: memory is ahead of the disk and is dropped. What the disk has is taken up again a little later.</summary>
    private void Abandon(IReadOnlyCollection<Instance> changed, Exception failure)
    {
        WorkflowLog.NotSaved(log, failure, changed.Count);
        foreach (var instance in changed)
        {
            lock (instance.Gate) instances.Abandon(instance, failure);
            alarms.Set(instance.Id, parts.Clock.GetUtcNow().UtcTicks + TimeSpan.TicksPerSecond);
        }
    }

    private void Wake(string id)
    {
        try { Change(id, instance => instance.Wake()); }
        catch (Exception e)
        {
            WorkflowLog.NotWoken(log, e, id);
            alarms.Set(id, parts.Clock.GetUtcNow().UtcTicks + TimeSpan.TicksPerSecond);
        }
    }

    private void Hold(string id)
    {
        lock (stalled) stalled.Add(id);
        WorkflowLog.Stalled(log, id);
    }
}

/// <summary>Log lines of the workflow engine.</summary>
internal static partial class WorkflowLog
{
    [LoggerMessage(1, LogLevel.Error, "{Count} workflow instances could not be saved; they continue from what is stored")]
    public static partial void NotSaved(ILogger log, Exception error, int count);

    [LoggerMessage(2, LogLevel.Error, "workflow '{Id}' could not be loaded when it fell due; it is tried again")]
    public static partial void NotWoken(ILogger log, Exception error, string id);

    [LoggerMessage(3, LogLevel.Warning, "workflow '{Id}' is stalled: its history does not fit the worker's code; it is tried again when a worker connects")]
    public static partial void Stalled(ILogger log, string id);
}
