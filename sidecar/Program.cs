using Resort.Sidecar.Components;
using Resort.Sidecar.Hosting;

using var loggers = LoggerFactory.Create(logging => logging.AddSimpleConsole());
var flags = args.Chunk(2).ToDictionary(pair => pair[0].TrimStart('-'), pair => pair[1]);
try
{
    await using var process = new SidecarProcess(Environment.GetEnvironmentVariable("DATA_DIR") ?? ".data", TimeProvider.System, _ => loggers);
    await using var runtime = await DaprRuntime.CreateAsync(new SidecarOptions
    {
        AppId = flags["app-id"],
        AppPort = flags.TryGetValue("app-port", out var port) ? int.Parse(port) : null,
        HttpPort = int.Parse(flags["dapr-http-port"]),
        GrpcPort = int.Parse(flags["dapr-grpc-port"]),
        ResourcesPaths = [flags["resources-path"]],
        ConfigFiles = [flags["config"]],
    }, process);
    await using var host = new SidecarHost(runtime);
    await host.StartAsync(CancellationToken.None);
    var stop = new TaskCompletionSource();
    Console.CancelKeyPress += (_, e) => { e.Cancel = true; stop.TrySetResult(); };
    await stop.Task;
    return 0;
}
catch (ResourceException e)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
