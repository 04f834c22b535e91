using System.Net;
using Dapr.DurableTask.Protobuf;
using Resort.Contracts;
using Resort.Tests.Harness;
using Resort.Tests.Sidecar.Grpc;
using Resort.Workflows;

namespace Resort.Tests.Integration.Histories;

/// <summary>
/// Sagas in flight survive a deployment: whatever a released version has begun, today's code goes on with. A change guards itself with
/// <c>IsPatched</c>, and what it does is recorded as the next version: RECORD_HISTORIES=1 dotnet test tests/Integration --filter Histories.
/// </summary>
public sealed class HistoryTests
{
    public static TheoryData<string> Files => [.. RecordedHistory.Files];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task From_every_turn_a_saga_goes_on_as_recorded_or_takes_a_patch_that_it_had_not_come_to(string file)
    {
        var recorded = RecordedHistory.Read(file);
        var instanceId = recorded.Events.First(happened => happened.ExecutionStarted is not null).ExecutionStarted.WorkflowInstance.InstanceId;
        await using var player = await TurnPlayer.StartAsync();
        var same = 0;
        foreach (var (past, news, asked) in recorded.Turns())
        {
            var answer = await player.PlayAsync(instanceId, past, news);
            var isNewWay = answer.Version?.Patches.Except(recorded.Patches).Any() ?? false;
            if (!isNewWay) answer.Actions.Select(Asked).Should().Equal(asked, $"{past.Count} events had happened before");
            same = isNewWay ? 0 : same + 1;
        }
        same.Should().BePositive("an instance that has passed every change ends as recorded");
    }

    [Fact]
    public async Task What_todays_code_does_is_recorded()
    {
        await using var system = await VirtualSystem.StartAsync();
        var booked = await system.Customer.BookAsync(Customer.Order("jeju-ocean", system.InDays(40)));
        booked.Status.Should().Be(HttpStatusCode.Created, booked.Body);
        var id = booked["reservationid"]!;
        await system.Customer.ViewAsync(id, view => view.Text("reservationstatus") == "Confirmed");
        await IsRecordedAsync(system, nameof(ReservationSaga), id, "paid");
        var declined = await system.Customer.BookAsync(Customer.Order("jeju-ocean", system.InDays(40), cardToken: "tok_declined"));
        await IsRecordedAsync(system, nameof(ReservationSaga), declined["reservationid"]!, "declined");
        await IsRecordedAsync(system, nameof(ReservationSaga), await TransferAsync(system, "Confirmed", system.Customer.DepositAsync), "deposited");
        var expired = await TransferAsync(system, "Rejected", _ => Task.Run(() => system.Clock.Forward(TimeSpan.FromMinutes(31))));
        await IsRecordedAsync(system, nameof(ReservationSaga), expired, "expired");
        await system.Customer.CancelAsync(id);
        await system.Customer.ViewAsync(id, view => view.Text("reservationstatus") == "Cancelled");
        await IsRecordedAsync(system, nameof(CancellationSaga), CancellationSaga.InstanceId(id), "cancelled");
    }

    private static async Task<string> TransferAsync(VirtualSystem system, string end, Func<string, Task> then)
    {
        var id = (await system.Customer.BookAsync(Customer.TransferOrder("jeju-ocean", system.InDays(40))))["reservationid"]!;
        await system.Customer.ViewAsync(id, view => view.Text("reservationstatus") == "AwaitingDeposit");
        await then(id);
        await system.Customer.ViewAsync(id, view => view.Text("reservationstatus") == end);
        return id;
    }

    private static async Task IsRecordedAsync(VirtualSystem system, string saga, string instanceId, string way)
    {
        using var grpc = new GrpcClient(new Uri($"http://127.0.0.1:{system.Sidecars[Apps.Reservation].Grpc}"));
        var events = await Harness.Probe.UntilAsync($"the end of {saga} {instanceId}", async () =>
            GetInstanceHistoryResponse.Parser.ParseFrom((await grpc.CallAsync("/TaskHubSidecarService/GetInstanceHistory", new GetInstanceHistoryRequest { InstanceId = instanceId })).Answer).Events,
            events => events.Any(happened => happened.ExecutionCompleted is not null));
        var newest = RecordedHistory.Newest(saga, way);
        if (Environment.GetEnvironmentVariable("RECORD_HISTORIES") == "1" && (newest is null || !RecordedHistory.Way(events).SequenceEqual(RecordedHistory.Way(newest.Events))))
            RecordedHistory.Add(saga, way, events);
        else
            RecordedHistory.Way(events).Should().Equal(RecordedHistory.Way(newest?.Events ?? []), $"the newest recorded version of {saga} ({way}) is what the code does");
    }

    private static string Asked(WorkflowAction action) => action.WorkflowActionTypeCase switch
    {
        WorkflowAction.WorkflowActionTypeOneofCase.ScheduleTask => $"{action.Id}: {action.ScheduleTask.Name}",
        WorkflowAction.WorkflowActionTypeOneofCase.CreateTimer => $"{action.Id}: timer",
        WorkflowAction.WorkflowActionTypeOneofCase.CreateChildWorkflow => $"{action.Id}: {action.CreateChildWorkflow.Name}",
        WorkflowAction.WorkflowActionTypeOneofCase.CompleteWorkflow => $"ends {action.CompleteWorkflow.WorkflowStatus}: {action.CompleteWorkflow.Result}",
        _ => action.ToString(),
    };
}
