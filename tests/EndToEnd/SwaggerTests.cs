using System.Net;
using System.Text.RegularExpressions;
using Microsoft.OpenApi;
using Resort.Contracts;
using Resort.Gateway;
using Resort.Tests.Harness;
using static Resort.Tests.EndToEnd.SystemFixture;

namespace Resort.Tests.EndToEnd;

/// <summary><c>GET /swagger</c>: one document of all services, which tells no more and no less than what is served.</summary>
[Collection(SystemCollection.Name)]
public sealed partial class SwaggerTests(SystemFixture fixture)
{
    private const string Path = "swagger/v1/swagger.json";
    private static readonly string[] own = ["GET /operations", "GET /swagger/v1/swagger.json"];
    private readonly Customer customer = fixture.Customer;

    [Fact]
    public async Task Every_public_route_is_described_and_nothing_else()
    {
        var document = await DocumentAsync();
        var served = PublicRoutes.All
            .Where(route => !route.Match.Path!.StartsWith("/web/", StringComparison.Ordinal)) // files of the web UI are no API
            .Where(route => ResortSystem.HasNode || route.Metadata![PublicRoutes.AppId] != Apps.Notification)
            .SelectMany(route => route.Match.Methods!.Select(method => $"{method} {Form(route.Match.Path!)}"));
        document.Operations.Select(each => $"{each.Method} {Form(each.Path)}").Should().BeEquivalentTo(served.Concat(own));
    }

    [Fact]
    public async Task Each_operation_says_what_it_is_for_and_how_it_answers_when_all_is_well_and_when_not()
    {
        var document = await DocumentAsync();
        foreach (var (method, path, operation) in document.Operations)
        {
            operation.Text("summary").Should().NotBeNullOrEmpty($"{method} {path}");
            var answers = operation.GetProperty("responses").EnumerateObject().ToList();
            answers.Should().Contain(answer => answer.Name.StartsWith('2'), $"{method} {path}");
            foreach (var problem in answers.Where(answer => answer.Name[0] is '4' or '5'))
                document.Resolve(problem.Value).GetProperty("content").TryGetProperty("application/problem+json", out _).Should().BeTrue($"{problem.Name} of {method} {path}");
            answers.Select(answer => answer.Name).Should().Contain(["429", "503"], $"{method} {path}");
            if (path.Contains("{reservationid}", StringComparison.Ordinal)) answers.Should().Contain(answer => answer.Name == "404", $"{method} {path}");
        }
    }

    [Fact]
    public async Task The_document_is_valid()
    {
        var read = OpenApiDocument.Parse((await customer.GetAsync(Path)).Body, "json");
        read.Diagnostic!.Errors.Should().BeEmpty();
        read.Diagnostic.Warnings.Should().BeEmpty();
        read.Document!.Paths.Should().NotBeEmpty();
    }

    [Fact]
    public async Task Answers_have_the_fields_that_the_document_tells_of()
    {
        var document = await DocumentAsync();
        var booked = await customer.BookAsync(Customer.Order("jeju-ocean", InDays(70)));
        var id = booked["reservationid"]!;
        var view = await customer.ViewAsync(id, view => view.Text("reservationstatus") == "Confirmed" && view.Text("pointsstatus") == "Earned");
        document.Faults("POST", "/reservations", booked).Should().BeEmpty();
        document.Faults("POST", "/reservations", await customer.BookAsync(Customer.TransferOrder("jeju-ocean", InDays(70)))).Should().BeEmpty();
        document.Faults("POST", "/reservations", await customer.BookAsync(Customer.Order("jeju-ocean", InDays(70), cardToken: "tok_declined"))).Should().BeEmpty();
        document.Faults("POST", "/reservations", await customer.BookAsync([])).Should().BeEmpty();
        foreach (var (path, address) in new[]
        {
            ("/reservations/{reservationid}", $"reservations/{id}"),
            ("/payments/{paymentid}", $"payments/{view.Text("paymentid")}"),
            ("/issueds/{issuedid}", $"issueds/{view.Text("issuedid")}"),
            ("/views/{reservationid}", $"views/{id}"),
            ("/views", "views"),
            ("/reservations", "reservations"),
            ("/payments", "payments"),
            ("/issueds", "issueds"),
            ("/views/search", "views/search"),
            ("/resorts", "resorts"),
            ("/resorts/{id}", "resorts/jeju-ocean"),
            ("/resorts/{id}", "resorts/none"),
            ("/resorts/{id}/availability", $"resorts/jeju-ocean/availability?date={InDays(70):O}"),
            ("/resorts/{id}/allotments", $"resorts/jeju-ocean/allotments?from={InDays(70):O}&to={InDays(71):O}"),
            ("/resorts/{id}/allotments/{date}", $"resorts/jeju-ocean/allotments/{InDays(70):O}"),
            ("/points/search/findByPhoneNumber", $"points/search/findByPhoneNumber?phoneNumber={view.Text("phone")}"),
            ("/pointHistories/search/findByPhoneNumberOrderByCreateTime", $"pointHistories/search/findByPhoneNumberOrderByCreateTime?phoneNumber={view.Text("phone")}"),
            ("/dead-letters", "dead-letters"),
            ("/operations", "operations"),
        })
            document.Faults("GET", path, await customer.GetAsync(address)).Should().BeEmpty(address);
    }

    [Fact]
    public async Task What_an_order_must_have_is_told_and_the_example_can_be_booked()
    {
        var order = (await DocumentAsync()).Schema("ReservationRequest");
        var missing = (await customer.BookAsync([])).Json.GetProperty("errors").EnumerateObject().Select(error => error.Name);
        order.GetProperty("required").EnumerateArray().Select(name => name.GetString()).Should().BeEquivalentTo(missing);
        order.GetProperty("properties").GetProperty("rooms").GetProperty("maximum").GetInt32().Should().Be(20);
        var booked = await customer.BookAsync(System.Text.Json.Nodes.JsonNode.Parse(order.GetProperty("examples")[0].GetRawText())!.AsObject());
        booked.Status.Should().Be(HttpStatusCode.Created, booked.Body);
    }

    [NodeFact]
    public async Task What_Notification_says_of_itself_is_true()
    {
        var id = (await customer.BookAsync(Customer.Order("jeju-ocean", InDays(71))))["reservationid"]!;
        var told = await Probe.UntilAsync("the guest was told", () => customer.GetAsync($"notifications?reservationid={id}"), answer => answer.Body.Contains("TicketIssued", StringComparison.Ordinal));
        var document = await DocumentAsync();
        document.Faults("GET", "/notifications", told).Should().BeEmpty();
        document.Faults("GET", "/notifications", await customer.GetAsync("notifications")).Should().BeEmpty();
    }

    [Fact]
    public async Task A_service_that_is_down_is_named_and_the_others_are_described()
    {
        await using var outage = await Outage.BeginAsync(fixture.System, "points", OutageKind.Down);
        var answer = await customer.GetAsync(Path);
        answer.Status.Should().Be(HttpStatusCode.OK);
        var document = new ApiDocument(answer.Json);
        document.Description.Should().Contain("points");
        document.Operations.Select(each => each.Path).Should().Contain("/reservations").And.NotContain("/points/search/findByPhoneNumber");
        (await customer.GetAsync("swagger")).Status.Should().Be(HttpStatusCode.OK);
    }

    private async Task<ApiDocument> DocumentAsync() => new((await customer.GetAsync(Path)).Json);

    // services have names of their own for the same parameters
    private static string Form(string path) => Parameter().Replace(path, "{}");

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();
}
