using Dapr.Client;

namespace Resort.Tests.Sdk.Client;

/// <summary>How requests to an application become requests to the sidecar.</summary>
public class InvocationTests
{
    [Theory]
    [InlineData("payments?page=1&sort=id,asc", "/v1.0/invoke/payment/method/payments?page=1&sort=id,asc")]
    [InlineData("a%2Fb//c", "/v1.0/invoke/payment/method/a%2Fb//c")]
    [InlineData("", "/v1.0/invoke/payment/method/")]
    public async Task A_relative_address_goes_to_the_application(string address, string target)
    {
        await using var sidecar = await ScriptedSidecar.StartAsync(200, "answer", ("X-From", "payment"));
        using var payment = sidecar.Client().CreateInvokableHttpClient("payment");
        using var answer = await payment.GetAsync(address);
        sidecar.Request.Target.Should().Be(target);
        sidecar.Request.Header("User-Agent").Should().StartWith("dapr-sdk-dotnet/v");
        answer.Headers.GetValues("X-From").Should().Equal("payment");
        (await answer.Content.ReadAsStringAsync()).Should().Be("answer");
    }

    [Fact]
    public async Task A_client_without_application_takes_the_host_as_one()
    {
        await using var sidecar = await ScriptedSidecar.StartAsync(204);
        using var apps = sidecar.Client().CreateInvokableHttpClient();
        await apps.PostAsync("http://issue/tickets", null);
        sidecar.Request.Target.Should().Be("/v1.0/invoke/issue/method/tickets");
    }

    [Fact]
    public async Task Capital_letters_of_an_application_survive()
    {
        await using var sidecar = await ScriptedSidecar.StartAsync(204);
        using var app = sidecar.Client().CreateInvokableHttpClient("MyApp");
        await app.GetAsync("x");
        sidecar.Request.Target.Should().Be("/v1.0/invoke/MyApp/method/x");
    }

    [Theory]
    [InlineData(302)]
    [InlineData(404)]
    [InlineData(500)]
    public async Task Every_answer_arrives_as_it_is(int status)
    {
        await using var sidecar = await ScriptedSidecar.StartAsync(status, "text", ("Location", "/elsewhere"));
        using var app = sidecar.Client().CreateInvokableHttpClient("app");
        using var answer = await app.GetAsync("x");
        ((int)answer.StatusCode).Should().Be(status);
    }

    [Fact]
    public async Task The_clients_token_is_sent_and_taken_off_again()
    {
        await using var sidecar = await ScriptedSidecar.StartAsync(204);
        using var app = sidecar.Client(builder => builder.UseDaprApiToken("t1")).CreateInvokableHttpClient("app");
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://app/x");
        await app.SendAsync(request);
        sidecar.Request.Header("dapr-api-token").Should().Be("t1");
        request.RequestUri.Should().Be(new Uri("http://app/x"));
        request.Headers.Contains("dapr-api-token").Should().BeFalse();
    }

    [Fact]
    public async Task The_handler_serves_any_HttpClient()
    {
        await using var sidecar = await ScriptedSidecar.StartAsync(204);
        using var handler = new InvocationHandler { DaprEndpoint = sidecar.Endpoint, DefaultAppId = "View", InnerHandler = new SocketsHttpHandler() };
        using var client = new HttpClient(handler);
        await client.GetAsync("http://view/views?page=0");
        sidecar.Request.Target.Should().Be("/v1.0/invoke/View/method/views?page=0");
    }

    [Fact]
    public async Task An_address_that_names_no_application_is_refused()
    {
        using var client = DaprClient.CreateInvokeHttpClient(daprEndpoint: "http://127.0.0.1:9");
        await ((Func<Task>)(() => client.GetAsync("ftp://app/x"))).Should().ThrowAsync<ArgumentException>().WithMessage("*ftp://app/x*");
    }

    [Fact]
    public void What_is_no_host_or_no_endpoint_is_refused()
    {
        ((Action)(() => DaprClient.CreateInvokeHttpClient("not a host"))).Should().Throw<ArgumentException>().WithMessage("*not a host*");
        ((Action)(() => DaprClient.CreateInvokeHttpClient("app", "ftp://x"))).Should().Throw<ArgumentException>().WithMessage("*ftp://x*");
        ((Action)(() => DaprClient.CreateInvokeHttpClient("app", "nonsense"))).Should().Throw<UriFormatException>();
        ((Action)(() => new InvocationHandler().DaprEndpoint = null!)).Should().Throw<ArgumentNullException>();
    }
}
