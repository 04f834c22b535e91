using System.Net;
using Resort.Contracts;
using Resort.Tests.Harness;

namespace Resort.Tests.Integration;

/// <summary>What takes hours in the world.</summary>
public sealed class RetentionTests : IAsyncLifetime
{
    private VirtualSystem system = null!;

    public async Task InitializeAsync() => system = await VirtualSystem.StartAsync();

    public async Task DisposeAsync() => await system.DisposeAsync();

    [Fact]
    public async Task A_finished_saga_goes_after_an_hour_and_its_reservation_stays()
    {
        var booked = await system.Customer.BookAsync(Customer.Order("jeju-ocean", system.InDays(20)));
        booked.Status.Should().Be(HttpStatusCode.Created, booked.Body);
        var id = booked["reservationid"]!;
        await system.Customer.ViewAsync(id, view => view.Text("reservationstatus") == "Confirmed");
        (await SagaAsync(id)).Should().Be("COMPLETED");

        system.Clock.Forward(TimeSpan.FromMinutes(59));
        (await SagaAsync(id)).Should().Be("COMPLETED");

        system.Clock.Forward(TimeSpan.FromMinutes(2));
        await Probe.UntilAsync("the saga to be purged", () => SagaAsync(id), status => status is null);
        (await system.Customer.GetAsync($"reservations/{id}"))["reservationstatus"].Should().Be("Confirmed");
    }

    private async Task<string?> SagaAsync(string id)
    {
        using var http = new HttpClient();
        using var answer = await http.GetAsync(new Uri($"http://127.0.0.1:{system.Sidecars[Apps.Reservation].Http}/v1.0/workflows/dapr/{id}"));
        return answer.IsSuccessStatusCode ? new Answer(answer.StatusCode, null, null, await answer.Content.ReadAsStringAsync())["runtimeStatus"] : null;
    }
}
