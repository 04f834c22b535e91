using System.Net.Http.Json;
using Resort.Sidecar.Components;

namespace Resort.Tests.Sidecar.Invocation;

/// <summary>Who may call what of an app: <c>spec.accessControl</c> of its Configuration.</summary>
public sealed class AccessControlTests : IDisposable
{
    private readonly string file = Path.GetTempFileName();

    public void Dispose() => File.Delete(file);

    [Theory]
    [InlineData("POST", "payments", 200)]
    [InlineData("POST", "PAYMENTS/7/refund", 200)]
    [InlineData("GET", "payments", 403)]
    [InlineData("GET", "health", 403)]
    [InlineData("GET", "open/a/b", 200)]
    [InlineData("GET", "open/../closed", 403)]
    public async Task The_policy_of_the_caller_decides(string verb, string method, int status)
    {
        await using var sidecars = await StartAsync("""
            defaultAction: deny
            policies:
              - appId: caller
                trustDomain: public
                namespace: default
                operations:
                  - { name: /payments, httpVerb: [POST], action: allow }
                  - { name: /open/**, httpVerb: ["*"], action: allow }
            """);

        using var answer = await sidecars.SendAsync(verb, $"/v1.0/invoke/callee/method/{method}");

        ((int)answer.StatusCode).Should().Be(status);
        sidecars.App.Requests.Count(request => request.Path != "/dapr/config").Should().Be(status == 200 ? 1 : 0);
    }

    /// <summary>daprd compares what it decodes once with the rules; the app decodes it a second time.</summary>
    [Theory]
    [InlineData("secret")]
    [InlineData("%73ecret")]
    [InlineData("%2573ecret")]
    [InlineData("a%252F..%252Fsecret")]
    [InlineData("%2E/secret")]
    [InlineData("%252E/secret")]
    public async Task No_spelling_gets_past_a_denial(string method)
    {
        await using var sidecars = await StartAsync("""
            policies:
              - appId: caller
                trustDomain: public
                namespace: default
                defaultAction: allow
                operations: [ { name: /secret, httpVerb: ["*"], action: deny } ]
            """);

        using var answer = await sidecars.SendAsync("GET", $"/v1.0/invoke/callee/method/{method}");

        ((int)answer.StatusCode).Should().Be(403);
    }

    [Fact]
    public async Task A_denial_names_caller_operation_and_verb()
    {
        await using var sidecars = await StartAsync("defaultAction: deny");

        using var answer = await sidecars.SendAsync("DELETE", "/v1.0/invoke/callee/method/a/b?q=1");

        (await answer.Content.ReadFromJsonAsync<Dictionary<string, string>>())!["message"].Should().Be(
            "failed to invoke, id: callee, err: rpc error: code = PermissionDenied desc = access control policy has denied access to id: spiffe://public/ns/default/caller operation: a/b verb: DELETE");
    }

    [Fact]
    public async Task An_app_may_always_call_itself()
    {
        await using var sidecars = await StartAsync("defaultAction: deny");

        using var answer = await sidecars.Callee.Http.GetAsync("/v1.0/invoke/callee/method/a");

        ((int)answer.StatusCode).Should().Be(200);
    }

    [Theory]
    [InlineData("defaultAction: perhaps", "`spec.accessControl.defaultAction` must be allow or deny, not 'perhaps'")]
    [InlineData("policies: [ { appId: caller, namespace: default } ]", "`spec.accessControl.policies[0].trustDomain` is missing")]
    [InlineData("policies: [ { trustDomain: public, namespace: default } ]", "`spec.accessControl.policies[0].appId` is missing")]
    [InlineData("policies: [ { appId: caller, trustDomain: public, namespace: default }, { appId: caller, trustDomain: public, namespace: default } ]", "`caller` already has a policy")]
    [InlineData("policies: [ { appId: caller, trustDomain: public, namespace: default, operations: [ { name: /a, httpVerb: [GET] } ] } ]", "*operations[0].action` must be allow or deny*")]
    public async Task What_is_missing_or_wrong_ends_the_start_with_file_and_line(string section, string why)
    {
        var start = async () => await StartAsync(section);

        (await start.Should().ThrowAsync<ResourceException>()).WithMessage($"{file}:*: {why}");
    }

    private async Task<TwoSidecars> StartAsync(string section)
    {
        await File.WriteAllTextAsync(file, $"""
            apiVersion: dapr.io/v1alpha1
            kind: Configuration
            metadata: {"{"} name: callee {"}"}
            spec:
              accessControl:
                {section.ReplaceLineEndings("\n    ")}
            """);
        return await TwoSidecars.StartAsync(TwoSidecars.Echo, calleeOptions: options => options with { ConfigFiles = [file] });
    }
}
