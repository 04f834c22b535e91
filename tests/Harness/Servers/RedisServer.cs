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

    /// <summary>Its answer to a command that is answered by a text, a number or an error: those begin with <c>+</c>, <c>:</c> or <c>-</c>.</summary>
    public async Task<string?> AskAsync(string command)
    {
        using var client = new TcpClient();
        try { await client.ConnectAsync("127.0.0.1", Port); }
        catch (SocketException e) { throw new IOException(e.Message, e); }
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.UTF8.GetBytes($"{command}\r\n"));
        using var reader = new StreamReader(stream, Encoding.Latin1);
        var line = await reader.ReadLineAsync();
        if (line is null || line[0] != '$') return line;
        var bytes = new char[Math.Max(0, int.Parse(line.AsSpan(1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture))];
        await reader.ReadBlockAsync(bytes);
        return Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(bytes));
    }
}
