using System.Net.Http.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Resort.Sidecar.Hosting;

namespace Resort.Tests.Sidecar.Invocation;

/// <summary>A caller's sidecar and a callee's, in one process; the callee has an app.</summary>
internal sealed class TwoSidecars(SidecarFixture fixture, RunningSidecar caller, RunningSidecar callee) : IAsyncDisposable
{
    private static readonly UriCreationOptions asWritten = new() { DangerousDisablePathAndQueryCanonicalization = true };

    public SidecarFixture Fixture => fixture;
    public RunningSidecar Caller => caller;
    public RunningSidecar Callee => callee;
    public ScriptedApp App => callee.App;

    public static async Task<TwoSidecars> StartAsync(
        Action<ScriptedApp> app, string resources = "", Func<SidecarOptions, SidecarOptions>? options = null, Func<SidecarOptions, SidecarOptions>? calleeOptions = null)
    {
        var fixture = new SidecarFixture();
        try
        {
            var callee = await fixture.StartAsync("callee", app: app, options: calleeOptions);
            return new TwoSidecars(fixture, await fixture.StartAsync("caller", resources, options: options), callee);
        }
        catch
        {
            await fixture.DisposeAsync();
            throw;
        }
    }

    /// <summary>The callee's answer to every path: 200 with the request's target, as it came over the wire.</summary>
    public static void Echo(ScriptedApp app) => app.Handle("/*", (http, _) => http.Response.WriteAsync(http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget));

    /// <summary>Sends a request with its path as it is written here.</summary>
    public Task<HttpResponseMessage> SendAsync(string verb, string path, Action<HttpRequestMessage>? with = null)
    {
        var request = new HttpRequestMessage(new HttpMethod(verb), new Uri($"http://127.0.0.1:{caller.Options.HttpPort}{path}", asWritten));
        with?.Invoke(request);
        return caller.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    /// <summary>Invokes a method of the callee with GET, or with POST if there is a body.</summary>
    public Task<HttpResponseMessage> InvokeAsync(string method, object? body = null) => body is null
        ? SendAsync("GET", $"/v1.0/invoke/callee/method/{method}")
        : SendAsync("POST", $"/v1.0/invoke/callee/method/{method}", request => request.Content = JsonContent.Create(body));

    /// <summary>The message of Dapr's own error answer.</summary>
    public static async Task<string> ErrorAsync(HttpResponseMessage answer)
    {
        var error = await answer.Content.ReadFromJsonAsync<Dictionary<string, string>>();
        ((int)answer.StatusCode, error!["errorCode"]).Should().Be((500, "ERR_DIRECT_INVOKE"));
        return error["message"];
    }

    public ValueTask DisposeAsync() => fixture.DisposeAsync();
}
