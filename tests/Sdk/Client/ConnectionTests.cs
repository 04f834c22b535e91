using System.Diagnostics;
using Dapr;

namespace Resort.Tests.Sdk.Client;

/// <summary>What holds for every call: who is calling, for how long, and what happens when nobody answers.</summary>
public class ConnectionTests
{
    [Fact]
    public async Task Every_call_carries_the_token_and_who_calls()
    {
        await using var sidecar = await ScriptedSidecar.StartAsync(204);
        await sidecar.Client(builder => builder.UseDaprApiToken("t1")).SaveStateAsync("store", "key", 1);
        sidecar.Request.Header("dapr-api-token").Should().Be("t1");
        sidecar.Request.Header("User-Agent").Should().StartWith("dapr-sdk-dotnet/v");
    }

    [Fact]
    public async Task No_token_sends_no_header()
    {
        await using var sidecar = await ScriptedSidecar.StartAsync(204);
        await sidecar.Client(builder => builder.UseDaprApiToken(" ")).SaveStateAsync("store", "key", 1);
        sidecar.Request.Header("dapr-api-token").Should().BeNull();
    }

    [Fact]
    public async Task The_trace_goes_on()
    {
        await using var sidecar = await ScriptedSidecar.StartAsync(204);
        using var activity = new Activity("booking").SetIdFormat(ActivityIdFormat.W3C).Start();
        await sidecar.Client().SaveStateAsync("store", "key", 1);
        sidecar.Request.Header("traceparent").Should().StartWith($"00-{activity.TraceId}-");
    }

    [Fact]
    public async Task A_sidecar_that_is_not_there_is_an_exception_and_bad_health()
    {
        var sidecar = await ScriptedSidecar.StartAsync(204);
        var client = sidecar.Client();
        await sidecar.DisposeAsync();
        var call = () => client.GetStateAsync<int>("store", "key");
        (await call.Should().ThrowAsync<DaprException>().WithMessage("GET http*did not get through*")).WithInnerException<HttpRequestException>();
        (await client.CheckHealthAsync()).Should().BeFalse();
        (await client.CheckOutboundHealthAsync()).Should().BeFalse();
    }

    [Fact]
    public async Task A_call_ends_with_its_deadline()
    {
        await using var sidecar = await ScriptedSidecar.StartAsync(context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        var client = sidecar.Client(builder => builder.UseTimeout(TimeSpan.FromMilliseconds(50)));
        var call = () => client.GetStateAsync<int>("store", "key");
        await call.Should().ThrowAsync<DaprException>().WithMessage("*no answer from the sidecar within 0.05 seconds*");
    }

    [Fact]
    public async Task A_cancelled_call_is_cancelled_and_nothing_else()
    {
        await using var sidecar = await ScriptedSidecar.StartAsync(context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        var call = () => sidecar.Client().GetStateAsync<int>("store", "key", cancellationToken: cancel.Token);
        await call.Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task A_disposed_client_refuses_to_work()
    {
        await using var sidecar = await ScriptedSidecar.StartAsync(204);
        var client = sidecar.Client();
        client.Dispose();
        client.Dispose();
        await ((Func<Task>)(() => client.SaveStateAsync("store", "key", 1))).Should().ThrowAsync<ObjectDisposedException>();
    }

    [Fact]
    public async Task Waiting_for_the_sidecar_goes_on_until_it_is_ready()
    {
        var asked = 0;
        await using var sidecar = await ScriptedSidecar.StartAsync(context =>
        {
            context.Response.StatusCode = ++asked < 3 ? 500 : 204;
            return Task.CompletedTask;
        });
        await sidecar.Client().WaitForSidecarAsync(new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token);
        sidecar.RequestCount.Should().Be(3);
    }

    [Fact]
    public async Task Waiting_for_the_sidecar_ends_with_its_token()
    {
        await using var sidecar = await ScriptedSidecar.StartAsync(500);
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        await ((Func<Task>)(() => sidecar.Client().WaitForSidecarAsync(cancel.Token))).Should().ThrowAsync<OperationCanceledException>();
    }
}
