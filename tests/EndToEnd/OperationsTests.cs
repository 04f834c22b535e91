using System.Net;
using Resort.Tests.Harness;

namespace Resort.Tests.EndToEnd;

/// <summary><c>GET /operations</c>: who is up, and how the circuit breakers stand.</summary>
[Collection(SystemCollection.Name)]
public sealed class OperationsTests(SystemFixture fixture)
{
    [Fact]
    public async Task Every_service_that_runs_is_shown_as_ready_with_its_breakers()
    {
        var answer = await Probe.UntilAsync("all services to be ready", () => fixture.Customer.GetAsync("operations"),
            answer => answer.Status is HttpStatusCode.OK && fixture.System.Apps.Keys.All(app => Of(answer, app).GetProperty("ready").GetBoolean()));

        answer.ContentType.Should().Be("application/hal+json");
        Of(answer, "reservation").GetProperty("breakers").EnumerateArray().Select(breaker => (breaker.Text("target"), breaker.Text("state"))).Should().Equal(("payment", "closed"));
    }

    internal static System.Text.Json.JsonElement Of(Answer answer, string app) =>
        answer.Json.GetProperty("services").EnumerateArray().Single(service => service.Text("app") == app);
}
