using System.Net;
using Resort.Tests.Harness;

namespace Resort.Tests.Integration;

/// <summary>The half hour of a transfer, and the day of an idempotency key.</summary>
public sealed class DeadlineTests : IAsyncLifetime
{
    private const string Resort = "jeju-ocean";
    private VirtualSystem system = null!;

    public async Task InitializeAsync() => system = await VirtualSystem.StartAsync();

    public async Task DisposeAsync() => await system.DisposeAsync();

    [Fact]
    public async Task A_transfer_has_half_an_hour()
    {
        var early = (await system.Customer.BookAsync(Customer.TransferOrder(Resort, system.InDays(20))))["reservationid"]!;
        var late = (await system.Customer.BookAsync(Customer.TransferOrder(Resort, system.InDays(20))))["reservationid"]!;

        system.Clock.Forward(TimeSpan.FromMinutes(29));
        (await system.Customer.DepositAsync(early)).Status.Should().Be(HttpStatusCode.Accepted);
        await StatusAsync(early, "Confirmed");
        (await system.Customer.GetAsync($"reservations/{late}")).Link("deposit").Should().NotBeNull();

        system.Clock.Forward(TimeSpan.FromMinutes(2));
        (await system.Customer.DepositAsync(late)).Status.Should().Be(HttpStatusCode.Conflict);
        await StatusAsync(late, "Rejected");
        await StatusAsync(early, "Confirmed");
    }

    [Fact]
    public async Task A_key_outlives_its_saga_and_is_forgotten_after_a_day()
    {
        var (order, key) = (Customer.Order(Resort, system.InDays(30)), ("Idempotency-Key", "k"));
        var first = await system.Customer.BookAsync(order, key);

        system.Clock.Forward(TimeSpan.FromHours(23));
        await Probe.UntilAsync("the saga to be purged", SagaAsync, status => status == HttpStatusCode.NotFound);
        var again = await system.Customer.BookAsync(order, key);
        (again.Status, again.Location, again.Body).Should().Be((HttpStatusCode.Created, first.Location, first.Body));

        system.Clock.Forward(TimeSpan.FromHours(2));
        (await system.Customer.BookAsync(order, key)).Location.Should().NotBe(first.Location);

        async Task<HttpStatusCode> SagaAsync()
        {
            using var http = new HttpClient();
            using var answer = await http.GetAsync(new Uri($"http://127.0.0.1:{system.Sidecars["reservation"].Http}/v1.0/workflows/dapr/{first["reservationid"]}"));
            return answer.StatusCode;
        }
    }

    private Task<System.Text.Json.JsonElement> StatusAsync(string id, string status) =>
        system.Customer.ViewAsync(id, view => view.Text("reservationstatus") == status);
}
