using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Resort.Tests.Harness.Servers;

/// <summary>A Redis that writes every command to its append-only file before it answers, so that a kill loses nothing.</summary>
public sealed class RedisServer() : TestServer(Program)
{
    public const string Program = "redis-server";

    /// <summary>What components call <c>redisHost</c>.</summary>
    public string Host => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port}");

    protected override IEnumerable<string> Arguments =>
        ["--port", Port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--dir", Folder, "--appendonly", "yes", "--save", ""];

    public static async Task<RedisServer> RunAsync()
    {
        var server = new RedisServer();
        try { await server.StartAsync(); }
        catch { await server.DisposeAsync(); throw; }
        return server;
    }

    protected override async Task<bool> IsReadyAsync() => await AskAsync("PING") == "+PONG";

    /// <summary>The first line of its answer to a command.</summary>
    public async Task<string?> AskAsync(string command)
    {
        using var client = new TcpClient();
        try { await client.ConnectAsync("127.0.0.1", Port); }
        catch (SocketException e) { throw new IOException(e.Message, e); }
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.UTF8.GetBytes($"{command}\r\n"));
        using var reader = new StreamReader(stream);
        return await reader.ReadLineAsync();
    }
}
