using System.Net;
using System.Text.Json.Nodes;
using Resort.Tests.Harness;
using static Resort.Tests.EndToEnd.SystemFixture;

namespace Resort.Tests.EndToEnd;

/// <summary>The same order under the same key is made once and answered the same.</summary>
[Collection(SystemCollection.Name), Trait("DependsOn", "Set")]
public sealed class IdempotencyTests(SystemFixture fixture)
{
    private const string Resort = "jeju-ocean";
    private readonly Customer customer = fixture.Customer;

    [Fact]
    public async Task The_same_order_at_the_same_moment_is_one_reservation()
    {
        var (day, key) = (InDays(80), NewKey());
        var before = await FreeAsync(day);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => customer.BookAsync(Customer.Order(Resort, day), key)));

        answers.Should().OnlyContain(answer => answer.Status == HttpStatusCode.Created);
        answers.Select(answer => (answer.Location, answer.Body)).Distinct().Should().ContainSingle();
        (await FreeAsync(day)).Should().Be(before - 1);
    }

    [Theory]
    [InlineData("tok_declined", HttpStatusCode.PaymentRequired)]
    [InlineData("tok_unavailable", HttpStatusCode.ServiceUnavailable)]
    public async Task A_failure_is_answered_the_same(string cardToken, HttpStatusCode status)
    {
        var (order, key) = (Customer.Order(Resort, InDays(81), cardToken: cardToken), NewKey());
        await SameTwiceAsync(order, key, status);
    }

    [Fact]
    public async Task Sold_out_is_answered_the_same_also_when_rooms_are_free_again()
    {
        var day = InDays(82);
        var key = NewKey();
        var others = new List<Answer>();
        while (await FreeAsync(day) is > 0 and var free)
            others.Add(await customer.BookAsync(Customer.Order(Resort, day, rooms: Math.Min(free, 20))));
        await SameTwiceAsync(Customer.Order(Resort, day), key, HttpStatusCode.Conflict);

        await customer.CancelAsync(others[0]["reservationid"]!);
        await Probe.UntilAsync("rooms are free", () => FreeAsync(day), free => free > 0);
        await SameTwiceAsync(Customer.Order(Resort, day), key, HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task A_transfer_is_answered_the_same_whatever_became_of_it()
    {
        var (order, key) = (Customer.TransferOrder(Resort, InDays(83)), NewKey());
        var first = await customer.BookAsync(order, key);
        await customer.DepositAsync(first["reservationid"]!);
        await customer.ViewAsync(first["reservationid"]!, view => view.Text("reservationstatus") == "Confirmed");

        var again = await customer.BookAsync(order, key);

        (again.Status, again.Location, again.Body).Should().Be((HttpStatusCode.Accepted, first.Location, first.Body));
    }

    [Fact]
    public async Task It_goes_together_with_an_answer_at_once()
    {
        var (order, key) = (Customer.Order(Resort, InDays(84)), NewKey());
        var first = await customer.BookAsync(order, key, ("Prefer", "respond-async"));
        var again = await customer.BookAsync(order, key, ("Prefer", "respond-async"));
        var patient = await customer.BookAsync(order, key);

        (again.Status, again.Location, again.Body).Should().Be((HttpStatusCode.Accepted, first.Location, first.Body));
        (patient.Status, patient.Location).Should().Be((HttpStatusCode.Created, first.Location));
    }

    [Fact]
    public async Task Another_order_under_the_same_key_is_refused_and_another_spelling_is_the_same_order()
    {
        var (order, key) = (Customer.Order(Resort, InDays(85)), NewKey());
        var first = await customer.BookAsync(order, key);
        var respelled = new JsonObject(order.Reverse().Select(field => KeyValuePair.Create(field.Key, field.Value?.DeepClone())));
        (await customer.BookAsync(respelled, key)).Location.Should().Be(first.Location);

        order["rooms"] = 2;
        var other = await customer.BookAsync(order, key);
        other.Status.Should().Be(HttpStatusCode.UnprocessableEntity, other.Body);
        other.Json.GetProperty("errors").TryGetProperty("Idempotency-Key", out _).Should().BeTrue();
    }

    public static TheoryData<string> BadKeys => new("", new string('k', 256), "열쇠", "clé");

    [Theory]
    [MemberData(nameof(BadKeys))]
    public async Task A_bad_key_is_named(string key)
    {
        var answer = await customer.BookAsync(Customer.Order(Resort, InDays(86)), ("Idempotency-Key", key));
        answer.Status.Should().Be(HttpStatusCode.BadRequest, answer.Body);
        answer.ContentType.Should().Be("application/problem+json");
        answer.Body.Should().Contain("Idempotency-Key");
    }

    private async Task SameTwiceAsync(JsonObject order, (string, string) key, HttpStatusCode status)
    {
        var first = await customer.BookAsync(order, key);
        var again = await customer.BookAsync(order, key);
        first.Status.Should().Be(status, first.Body);
        (again.Status, again.Location, again["reservationid"], again["type"], again["detail"])
            .Should().Be((first.Status, first.Location, first["reservationid"], first["type"], first["detail"]));
    }

    private static (string, string) NewKey() => ("Idempotency-Key", Guid.NewGuid().ToString());

    private async Task<int> FreeAsync(DateOnly day) =>
        (await customer.GetAsync($"resorts/{Resort}/availability?date={day:yyyy-MM-dd}&nights=1")).Json.GetProperty("free").GetInt32();
}
