using System.Collections.Concurrent;
using System.Globalization;
using Dapr.DurableTask.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Resort.Tests.Sidecar.Grpc;
using Xunit.Abstractions;

namespace Resort.Tests.Sidecar.Fuzzing;

/// <summary>
/// Requests with something wrong in them, to every route of both ports. FUZZ_SEED repeats a run, FUZZ_COUNT changes how many there are.
/// </summary>
public class FuzzTests(ITestOutputHelper output)
{
    private const string Crash = "internal error"; // what the sidecar says of an exception that nobody expected
    private const int AtOnce = 16;
    private static readonly int count = Number("FUZZ_COUNT") ?? 100_000;
    private static readonly int seed = Number("FUZZ_SEED") ?? Environment.TickCount;

    private const string Resources = """
        apiVersion: dapr.io/v1alpha1
        kind: Component
        metadata: { name: store }
        spec: { type: state.in-memory, version: v1, metadata: [{ name: actorStateStore, value: "true" }] }
        ---
        apiVersion: dapr.io/v1alpha1
        kind: Component
        metadata: { name: pubsub }
        spec: { type: pubsub.in-memory, version: v1 }
        ---
        apiVersion: dapr.io/v1alpha1
        kind: Component
        metadata: { name: secrets }
        spec: { type: secretstores.local.env, version: v1 }
        """;

    [Fact]
    public async Task Whatever_is_sent_it_answers_or_closes_and_goes_on_serving()
    {
        output.WriteLine($"seed {seed}, {count} requests");
        await using var sidecar = await SidecarFixture.OneAsync(Resources, app => app.On("*", body: new { ok = true }), given => given with { MaxBodySize = 1 << 20 });
        using var grpc = new GrpcClient(sidecar.GrpcAddress);
        var faults = new ConcurrentQueue<string>();
        var statuses = new ConcurrentDictionary<string, int>();
        await using var worker = new WillingWorker(grpc);
        await worker.StartAsync();
        await RunAsync(sidecar, grpc, 0, count / 10, faults, statuses);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await RunAsync(sidecar, grpc, count / 10, count, faults, statuses);
        var grown = GC.GetTotalMemory(forceFullCollection: true) - before;

        foreach (var (status, times) in statuses.OrderBy(pair => pair.Key, StringComparer.Ordinal)) output.WriteLine($"{status}: {times}");
        output.WriteLine($"memory grew by {grown >> 20} MiB");
        faults.Should().BeEmpty($"seed {seed} must not find anything");
        grown.Should().BeLessThan(64 << 20, "what was refused must not stay in memory");
        await ServesAsync(sidecar, grpc);
    }

    private static Task RunAsync(RunningSidecar sidecar, GrpcClient grpc, int from, int to, ConcurrentQueue<string> faults, ConcurrentDictionary<string, int> statuses) =>
        Parallel.ForEachAsync(Enumerable.Range(from, to - from), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (number, _) =>
        {
            if (faults.Count > 20) return;
            var noise = new Noise(unchecked((seed * 1_000_003) + number));
            try
            {
                var (kind, fault) = number % 4 == 3 ? await CallAsync(grpc, MalformedCall.Next(noise)) : await SendAsync(sidecar, MalformedRequest.Next(noise), number % 50 == 0);
                statuses.AddOrUpdate(kind, 1, (_, times) => times + 1);
                if (fault is not null) faults.Enqueue($"request {number}: {fault}");
            }
            catch (Exception e) { faults.Enqueue($"request {number}: {e.Message}"); }
        });

    private static async Task<(string Kind, string? Fault)> SendAsync(RunningSidecar sidecar, MalformedRequest request, bool toGrpc)
    {
        var answer = await RawAnswer.OfAsync(toGrpc ? sidecar.Options.GrpcPort : sidecar.Options.HttpPort, request.Bytes, request.Incomplete || toGrpc);
        return ($"HTTP {answer.Status?.ToString(CultureInfo.InvariantCulture) ?? "closed"}", IsExpected(answer) ? null : $"{System.Text.Encoding.Latin1.GetString(request.Bytes)}\n→ {answer.Text}");
    }

    // 505 is any HTTP server's answer to a version that it does not know; the other 5xx are Dapr's own, with its code
    private static bool IsExpected(RawAnswer answer) =>
        !answer.Text.Contains(Crash, StringComparison.Ordinal)
        && (answer.Status is null or < 500 or 505 || answer.IsHead || answer.Text.Contains("\"errorCode\":\"ERR_", StringComparison.Ordinal));

    private static async Task<(string Kind, string? Fault)> CallAsync(GrpcClient grpc, MalformedCall call)
    {
        try
        {
            using var answer = await grpc.SendAsync(call.Path, call.Body, contentType: call.ContentType, timeout: "2S");
            await answer.Content.ReadAsByteArrayAsync().WaitAsync(Probe.Patience);
            var (status, message) = (GrpcClient.Header(answer, "grpc-status"), Uri.UnescapeDataString(GrpcClient.Header(answer, "grpc-message") ?? ""));
            return ($"gRPC {status ?? $"HTTP {(int)answer.StatusCode}"}", message.Contains(Crash, StringComparison.Ordinal) ? $"{call} → {message}" : null);
        }
        catch (TimeoutException) { return ("gRPC hangs", $"{call} is not answered, though it gave itself two seconds"); }
    }

    private static async Task ServesAsync(RunningSidecar sidecar, GrpcClient grpc)
    {
        (await sidecar.PostAsync("/v1.0/state/store", new[] { new { key = "good", value = 1 } })).StatusCode.Should().Be(System.Net.HttpStatusCode.NoContent);
        (await sidecar.CallAsync(HttpMethod.Get, "/v1.0/state/store/good")).Body!.GetValue<int>().Should().Be(1);
        (await sidecar.CallAsync(HttpMethod.Get, "/v1.0/invoke/shop/method/anything")).Status.Should().Be(200);
        (await sidecar.PostAsync("/v1.0/publish/pubsub/topic", new { })).StatusCode.Should().Be(System.Net.HttpStatusCode.NoContent);
        (await grpc.CallAsync("/TaskHubSidecarService/Hello", new Empty())).Status.Should().Be(0);
        (await grpc.CallAsync("/TaskHubSidecarService/GetInstance", new GetInstanceRequest { InstanceId = "nobody" })).Status.Should().Be(0);
    }

    private static int? Number(string variable) => int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : null;
}
