using Resort.Sidecar.Components;

namespace Resort.Tests.Sidecar.Hosting;

/// <summary>The lists of <c>spec.api</c>: which APIs are there; the expectations are recorded from daprd.</summary>
public sealed class ApiAccessTests
{
    private const string State = "/v1.0/state/none/key";

    [Theory]
    [InlineData("allowed: [{name: state, version: v1, protocol: http}]", State, 500)]
    [InlineData("allowed: [{name: state, version: v1.0, protocol: http}]", State, 500)]
    [InlineData("allowed: [{name: state, version: v1.0-alpha1, protocol: http}]", State, 404)]
    [InlineData("allowed: [{name: state, version: v1, protocol: http}]", "/v1.0/metadata", 404)]
    [InlineData("allowed: [{name: state, version: v1, protocol: http}]", "/v1.0/healthz/outbound", 204)]
    [InlineData("allowed: [{name: state, version: v1, protocol: grpc}]", "/v1.0/metadata", 200)]
    [InlineData("denied: [{name: metadata, version: v1, protocol: http}]", "/v1.0/metadata", 404)]
    [InlineData("denied: [{name: metadata, version: v1, protocol: http}]", State, 500)]
    [InlineData("denied: [{name: healthz, version: v1, protocol: http}]", "/v1.0/healthz/outbound", 204)]
    [InlineData("{allowed: [{name: state, version: v1, protocol: http}], denied: [{name: state, version: v1, protocol: http}]}", State, 404)]
    public async Task An_API_that_the_lists_leave_out_is_an_unknown_path(string lists, string path, int status)
    {
        await using var sidecar = await StartAsync(lists);
        using var answer = await sidecar.Http.GetAsync(path);
        ((int)answer.StatusCode).Should().Be(status);
    }

    [Theory]
    [InlineData("denied: [{name: metadata, version: v1, protocol: http}]", "application/json", "*ERR_DIRECT_INVOKE*")]
    [InlineData("denied: [{name: metadata, version: v1, protocol: http}, {name: invoke, version: v1, protocol: http}]", "text/plain", "404 page not found\n")]
    public async Task An_unknown_path_is_an_invocation_unless_that_is_denied(string lists, string type, string body)
    {
        await using var sidecar = await StartAsync(lists);
        using var answer = await sidecar.Http.GetAsync("/v1.0/metadata");
        answer.Content.Headers.ContentType!.MediaType.Should().Be(type);
        (await answer.Content.ReadAsStringAsync()).Should().Match(body);
    }

    [Theory]
    [InlineData("allowed: [{name: stats, version: v1, protocol: http}]", "*`spec.api.allowed[0].name` must be *state*, not 'stats'")]
    [InlineData("allowed: [{name: state, version: v2, protocol: http}]", "*`spec.api.allowed[0].version` must be v1,*")]
    [InlineData("denied: [{name: state, version: v1, protocol: tcp}]", "*`spec.api.denied[0].protocol` must be http or grpc, not 'tcp'")]
    public async Task A_list_that_cannot_be_meant_ends_the_start(string lists, string message)
    {
        var start = () => StartAsync(lists);
        (await start.Should().ThrowAsync<ResourceException>()).WithMessage(message);
    }

    private static async Task<RunningSidecar> StartAsync(string lists)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, $"apiVersion: dapr.io/v1alpha1\nkind: Configuration\nmetadata: {{name: c}}\nspec:\n  api: {(lists.StartsWith('{') ? lists : $"{{{lists}}}")}\n");
        try { return await SidecarFixture.OneAsync(options: given => given with { ConfigFiles = [file] }); }
        finally { File.Delete(file); }
    }
}
