using System.Net;
using System.Text.Json.Nodes;
using Resort.Tests.Harness;
using static Resort.Tests.EndToEnd.SystemFixture;

namespace Resort.Tests.EndToEnd;

/// <summary>Whatever comes in: a 4xx that says what was wrong, nothing changed, never a 5xx.</summary>
[Collection(SystemCollection.Name)]
public sealed class BadInputTests(SystemFixture fixture)
{
    private readonly Customer customer = fixture.Customer;

    public static TheoryData<string, string> WrongFields => new()
    {
        { "resort", "\"nowhere\"" }, { "resort", "7" }, { "resort", "null" },
        { "date", "\"2020-01-01\"" }, { "date", "\"tomorrow\"" }, { "date", "\"9999-12-31\"" }, { "date", "20270101" },
        { "nights", "0" }, { "nights", "-1" }, { "nights", "1000000000" }, { "nights", "1.5" }, { "nights", "\"two\"" }, { "nights", "99999999999999999999" },
        { "rooms", "0" }, { "rooms", "-3" }, { "rooms", "2147483647" }, { "rooms", "[]" },
        { "persons", "0" }, { "persons", "-1" }, { "persons", "100000" },
        { "name", "null" }, { "name", "\"\"" }, { "name", "{}" },
        { "phone", "null" }, { "phone", "\"not a number\"" }, { "phone", "5" },
        { "paymenttype", "\"gold\"" }, { "paymenttype", "1" },
        { "cost", "1" }, { "cost", "-1" }, { "cost", "\"cheap\"" },
    };

    [Theory]
    [MemberData(nameof(WrongFields))]
    public async Task A_wrong_field_is_named(string field, string json)
    {
        var order = Customer.Order("jeju-ocean", InDays(30));
        order[field] = JsonNode.Parse(json);
        var answer = await customer.BookAsync(order);
        answer.Status.Should().BeOneOf([HttpStatusCode.UnprocessableEntity, HttpStatusCode.BadRequest], answer.Body);
        answer.ContentType.Should().Be("application/problem+json");
        answer.Json.GetProperty("errors").EnumerateObject().Select(error => error.Name).Should().Contain(field);
        answer.Body.Should().NotContain("   at ");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"text\"")]
    [InlineData("{\"resort\":\"jeju-ocean\",}")]
    [InlineData("\u0000")]
    public async Task A_body_that_is_no_order_is_refused(string body)
    {
        var answer = await customer.SendAsync(HttpMethod.Post, "reservations", body);
        ((int)answer.Status).Should().BeInRange(400, 422, answer.Body);
        answer.ContentType.Should().Be("application/problem+json");
    }

    [Fact]
    public async Task A_path_that_HTTP_itself_forbids_is_400() =>
        (await customer.GetAsync("reservations/%00")).Status.Should().Be(HttpStatusCode.BadRequest);

    [Fact]
    public async Task Another_media_type_is_415() =>
        (await customer.SendAsync(HttpMethod.Post, "reservations", "<order/>", "application/xml")).Status.Should().Be(HttpStatusCode.UnsupportedMediaType);

    [Fact]
    public async Task A_body_over_64_KB_is_413()
    {
        var order = Customer.Order("jeju-ocean", InDays(30));
        order["needs"] = new string('x', 70_000);
        var answer = await customer.BookAsync(order);
        answer.Status.Should().Be(HttpStatusCode.RequestEntityTooLarge);
        answer.ContentType.Should().Be("application/problem+json");
    }

    [Theory]
    [InlineData("GET", "reservations/no-such-id")]
    [InlineData("GET", "reservations/00000000-0000-0000-0000-000000000000")]
    [InlineData("GET", "reservations/a%7C%7Cb")]
    [InlineData("DELETE", "reservations/no-such-id")]
    [InlineData("GET", "payments/x")]
    [InlineData("GET", "issueds/x")]
    [InlineData("GET", "views/x")]
    [InlineData("GET", "resorts/x")]
    [InlineData("GET", "resorts/x/availability?date=2030-01-01")]
    [InlineData("GET", "resorts/jeju-ocean/availability?date=never")]
    [InlineData("GET", "resorts/jeju-ocean/availability?date=2030-01-01&nights=x")]
    [InlineData("GET", "views/search/findByPhone")]
    [InlineData("GET", "dead-letters?size=0")]
    [InlineData("GET", "dead-letters/x")]
    [InlineData("POST", "dead-letters/x/replay")]
    [InlineData("PUT", "reservations")]
    [InlineData("POST", "payments")]
    [InlineData("GET", "v1.0/state/reservation-store/x")]
    [InlineData("GET", "v1.0/metadata")]
    [InlineData("GET", "dapr/subscribe")]
    [InlineData("GET", "points/search/findByPhoneNumber")]
    [InlineData("GET", "points/search/findByPhoneNumber?phoneNumber=x")]
    [InlineData("GET", "points/search/findByPhoneNumber?phoneNumber=000-0000-0000")]
    [InlineData("GET", "pointHistories/search/findByPhoneNumberOrderByCreateTime")]
    [InlineData("GET", "pointHistories/search/findByPhoneNumberOrderByCreateTime?phoneNumber=1&page=-1")]
    [InlineData("POST", "point-reversals")]
    [InlineData("POST", "issueds/x/check-in")]
    [InlineData("POST", "issueds/00000000-0000-0000-0000-000000000000/check-in")]
    [InlineData("GET", "nowhere")]
    public async Task What_is_not_there_is_a_4xx_problem(string method, string path)
    {
        var answer = await customer.SendAsync(new HttpMethod(method), path);
        ((int)answer.Status).Should().BeInRange(400, 499, answer.Body);
        answer.ContentType.Should().Be("application/problem+json");
    }
}
