using System.Net.Sockets;
using System.Threading.Channels;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Resort.Sidecar.PubSub.RabbitMq;

/// <summary>The connection of a component: made when it is needed, and again after it is lost.</summary>
internal sealed class RabbitMqConnection(RabbitMqSettings settings) : IAsyncDisposable
{
    private static readonly TimeSpan closing = TimeSpan.FromSeconds(2);

    private readonly ConnectionFactory factory = new()
    {
        Uri = settings.Server,
        ClientProvidedName = settings.ClientName,
        RequestedHeartbeat = settings.Heartbeat,
        AutomaticRecoveryEnabled = false, // what was lost is declared again by whoever needs it
        TopologyRecoveryEnabled = false,
    };

    private readonly SemaphoreSlim turn = new(1);
    private readonly CancellationTokenSource stopped = new();
    private IConnection? connection;

    /// <summary>Host and port, without the login.</summary>
    public string Place { get; } = $"{settings.Server.Host}:{(settings.Server.Port > 0 ? settings.Server.Port : settings.Server.Scheme == "amqps" ? 5671 : 5672)}";

    /// <summary>Cancelled when the component ends.</summary>
    public CancellationToken Stopped => stopped.Token;

    public bool IsOpen => connection is { IsOpen: true };

    /// <summary>What RabbitMQ's client throws if the server is away, refuses or ends a channel.</summary>
    public static bool IsFailure(Exception error) => error is RabbitMQClientException or IOException or SocketException or TimeoutException or ObjectDisposedException or ChannelClosedException;

    /// <summary>The innermost reason, which tells more than what is around it.</summary>
    public static string Cause(Exception error) => error is BrokerUnreachableException or AggregateException or ConnectFailureException && error.InnerException is { } inner ? Cause(inner) : error.Message;

    /// <summary>Opens a channel.</summary>
    public async Task<IChannel> OpenAsync(bool confirms = false)
    {
        await turn.WaitAsync(Stopped);
        try
        {
            if (connection is not { IsOpen: true } open)
            {
                if (connection is { } lost) await lost.DisposeAsync();
                connection = null;
                connection = open = await factory.CreateConnectionAsync(Stopped);
            }
            return await open.CreateChannelAsync(new CreateChannelOptions(confirms, confirms), Stopped);
        }
        finally { turn.Release(); }
    }

    /// <summary>Ends it; the broker takes back what was not acknowledged.</summary>
    public async ValueTask DisposeAsync()
    {
        await stopped.CancelAsync();
        await turn.WaitAsync(closing); // nobody connects after this; who does so just now gives up, for which RabbitMQ's client may take five seconds
        if (connection is not { } last) return;
        try { await last.CloseAsync(closing); }
        catch (Exception e) when (IsFailure(e) || e is OperationCanceledException) { /* it was lost before */ }
        await last.DisposeAsync();
    }
}
