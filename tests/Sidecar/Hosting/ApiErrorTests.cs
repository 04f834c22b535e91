namespace Resort.Tests.Sidecar.Hosting;

public sealed class ApiErrorTests
{
    [Theory]
    [InlineData("GET", "/nothing")]
    [InlineData("POST", "/v1.0/healthz")]
    [InlineData("DELETE", "/v1.0/metadata")]
    public async Task An_unknown_path_or_verb_is_answered_as_an_invocation_without_app_id(string verb, string path)
    {
        await using var sidecar = await SidecarFixture.OneAsync();

        var (status, body) = await sidecar.CallAsync(new HttpMethod(verb), path);

        status.Should().Be(404);
        body!["errorCode"]!.GetValue<string>().Should().Be("ERR_DIRECT_INVOKE");
    }

    [Theory]
    [InlineData("tracestate: a=\u00e9")]
    [InlineData("baggage: a=\u00e9")]
    public async Task A_trace_header_that_is_no_ASCII_is_never_an_error_of_the_sidecar(string header)
    {
        await using var sidecar = await SidecarFixture.OneAsync();
        var request = $"GET /v1.0/metadata HTTP/1.1\r\nhost: localhost\r\ntraceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\r\n{header}\r\n\r\n";

        var answer = await Fuzzing.RawAnswer.OfAsync(sidecar.Options.HttpPort, System.Text.Encoding.UTF8.GetBytes(request), endSending: false);

        answer.Status.Should().BeInRange(200, 499, answer.Text);
        answer.Text.Should().NotContain("a=");
    }
}
