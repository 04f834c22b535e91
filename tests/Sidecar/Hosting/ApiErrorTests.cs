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
}
