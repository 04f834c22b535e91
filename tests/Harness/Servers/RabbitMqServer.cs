using System.Globalization;
using System.Net.Sockets;

namespace Resort.Tests.Harness.Servers;

/// <summary>A RabbitMQ with the login guest:guest.</summary>
public sealed class RabbitMqServer() : TestServer(Program)
{
    public const string Program = "rabbitmq-server";
    private readonly int distributionPort = FreePort.Next();
    private readonly int epmdPort = FreePort.Next();

    /// <summary>What components call <c>connectionString</c>.</summary>
    public string ConnectionString => $"amqp://guest:guest@127.0.0.1:{Text(Port)}";

    protected override bool RefusesRoot => true;

    protected override IEnumerable<string> Arguments => [];

    protected override IReadOnlyDictionary<string, string> Variables => new Dictionary<string, string>
    {
        ["ERL_EPMD_PORT"] = Text(epmdPort), // a name server of its own, which ends with it
        ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
        ["RABBITMQ_NODENAME"] = NodeName,
        ["RABBITMQ_NODE_IP_ADDRESS"] = "127.0.0.1",
        ["RABBITMQ_NODE_PORT"] = Text(Port),
        ["RABBITMQ_DIST_PORT"] = Text(distributionPort),
        ["RABBITMQ_MNESIA_BASE"] = Folder,
        ["RABBITMQ_LOG_BASE"] = Folder,
        ["RABBITMQ_LOGS"] = "-",
        ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(Folder, "enabled_plugins"),
        ["RABBITMQ_CONF_ENV_FILE"] = Path.Combine(Folder, "rabbitmq-env.conf"),
        ["RABBITMQ_CONFIG_FILE"] = Path.Combine(Folder, "rabbitmq.conf"),
        ["RABBITMQ_GENERATED_CONFIG_DIR"] = Path.Combine(Folder, "config"),
        ["RABBITMQ_SCHEMA_DIR"] = Path.Combine(Folder, "schema"),
    };

    public static async Task<RabbitMqServer> RunAsync()
    {
        var server = new RabbitMqServer();
        try { await server.StartAsync(); }
        catch { await server.DisposeAsync(); throw; }
        return server;
    }

    /// <summary>A host with exchanges and queues of its own. By a client of Erlang's: RabbitMQ's own starts a whole Erlang each time.</summary>
    public async Task AddVirtualHostAsync(string name)
    {
        var script = Path.Combine(Folder, $"{name}.erl");
        await File.WriteAllTextAsync(script, $"""
            rabbit_vhost:add(<<"{name}">>, <<"tests">>).
            rabbit_auth_backend_internal:set_permissions(<<"guest">>, <<"{name}">>, <<".*">>, <<".*">>, <<".*">>, <<"tests">>).
            """);
        await RunToolAsync("erl_call", "-n", NodeName, "-a", $"file eval [\"{script}\"]");
    }

    /// <summary>Erlang's name server is a daemon, which a kill leaves running.</summary>
    protected override Task CleanUpAsync() => RunToolAsync("epmd", "-port", Text(epmdPort), "-kill");

    protected override async Task<bool> IsReadyAsync()
    {
        using var client = new TcpClient();
        try { await client.ConnectAsync("127.0.0.1", Port); }
        catch (SocketException e) { throw new IOException(e.Message, e); }
        var stream = client.GetStream();
        await stream.WriteAsync("AMQP\0\0\x09\x01"u8.ToArray());
        return await stream.ReadAsync(new byte[1]) == 1;
    }

    private string NodeName => $"resort{Text(Port)}@localhost";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
