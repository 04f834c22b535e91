namespace Resort.Sidecar.PubSub.Durable;

/// <summary>
/// The messages of a group that wait, in their lanes: the order of a key is kept, different keys pass each other. Used under the group's lock.
/// </summary>
internal sealed class Lanes
{
    private static readonly TimeSpan longestRest = TimeSpan.FromMinutes(1);
    private readonly Dictionary<string, Lane> byKey = new(StringComparer.Ordinal);
    private readonly Queue<Lane> ready = new();

    /// <summary>How many messages may go now.</summary>
    public int Ready { get; private set; }

    /// <summary>Puts a message behind those of its key.</summary>
    public void Add(QueuedMessage message)
    {
        var lane = message.Lane = LaneOf(message.Message.Key);
        lane.Waiting.Add(message);
        if (lane.State != LaneState.Ready) return;
        Ready++;
        if (lane.Waiting.Count == 1) ready.Enqueue(lane);
    }

    /// <summary>Takes messages out of lanes that are ready; from each as many as there are, up to <paramref name="most"/> in all.</summary>
    public List<QueuedMessage> Take(int most)
    {
        var taken = new List<QueuedMessage>(Math.Min(most, Ready));
        while (taken.Count < most && ready.TryDequeue(out var lane))
        {
            Ready -= lane.Waiting.Count;
            lane.UnderWay = Math.Min(most - taken.Count, lane.Waiting.Count);
            lane.State = LaneState.Busy;
            taken.AddRange(lane.Waiting.GetRange(0, lane.UnderWay));
            lane.Waiting.RemoveRange(0, lane.UnderWay);
        }
        return taken;
    }

    /// <summary>
    /// A message is done with, or has failed. Once that is known of all that went with it, its lane goes on, or rests for the time that is
    /// returned and must then be told to <see cref="Wake"/>.
    /// </summary>
    public TimeSpan? Settle(QueuedMessage message, bool handled)
    {
        var lane = message.Lane!;
        if (!handled) lane.Failed.Add(message);
        if (--lane.UnderWay > 0) return null;
        if (lane.Failed.Count == 0)
        {
            lane.Failures = 0;
            Wake(lane);
            return null;
        }
        lane.Failed.Sort((a, b) => a.Sequence.CompareTo(b.Sequence));
        lane.Waiting.InsertRange(0, lane.Failed);
        lane.Failed.Clear();
        lane.State = LaneState.Resting;
        var rest = TimeSpan.FromSeconds(Math.Pow(2, Math.Min(lane.Failures++, 10)));
        return rest < longestRest ? rest : longestRest;
    }

    /// <summary>Lets a lane go on; one in which nothing waits is forgotten.</summary>
    public void Wake(Lane lane)
    {
        lane.State = LaneState.Ready;
        Ready += lane.Waiting.Count;
        if (lane.Waiting.Count > 0) ready.Enqueue(lane);
        else if (lane.Key is { } key) byKey.Remove(key);
    }

    private Lane LaneOf(string? key)
    {
        if (key is null) return new Lane(null);
        if (!byKey.TryGetValue(key, out var lane)) byKey.Add(key, lane = new Lane(key));
        return lane;
    }
}
