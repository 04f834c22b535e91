using Dapr.DurableTask.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Dapr.Workflow.Replay;

/// <summary>Durable timers and events from outside.</summary>
internal sealed partial class ReplayContext
{
    private static readonly Timestamp Never = new() { Seconds = 253_402_300_799, Nanos = 999_999_999 };

    public override async Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken)
    {
        if (fireAt.Kind != DateTimeKind.Utc)
            throw new ArgumentException($"A timer's time must be in UTC; {fireAt:O} is {fireAt.Kind}.", nameof(fireAt));

        var timer = ScheduleTimer(Timestamp.FromDateTime(fireAt), action => action.CreateTimer = new TimerOriginCreateTimer());
        using var registration = cancellationToken.UnsafeRegister(static (state, token) => ((ScheduledTask)state!).Cancel(token), timer);
        await timer.Result;
    }

    public override async Task<T> WaitForExternalEventAsync<T>(string eventName, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(eventName);
        turn.Verify();
        return serializer.Deserialize<T>(await Events.WaitAsync(eventName, cancellationToken))!;
    }

    public override Task<T> WaitForExternalEventAsync<T>(string eventName, TimeSpan timeout)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(eventName);
        if (timeout == TimeSpan.Zero)
            return Task.FromException<T>(new TaskCanceledException($"No time was given to wait for event '{eventName}'."));

        var isEndless = timeout < TimeSpan.Zero;
        var timer = ScheduleTimer(
            isEndless ? Never : After(timeout),
            action => action.ExternalEvent = new TimerOriginExternalEvent { Name = eventName },
            isOptional: isEndless);
        return EventOrTimeoutAsync<T>(eventName, timeout, timer.Result);
    }

    private ScheduledTask ScheduleTimer(Timestamp fireAt, Action<CreateTimerAction> setOrigin, bool isOptional = false)
    {
        var action = new CreateTimerAction { FireAt = fireAt };
        setOrigin(action);
        return Schedule(new WorkflowAction { CreateTimer = action }, isOptional);
    }

    private Timestamp After(TimeSpan delay) => delay < DateTime.MaxValue - now ? Timestamp.FromDateTime(now + delay) : Never;
}
