using System.Text;
using System.Text.Json;
using Resort.Defaults;
using Resort.View.Projections;

namespace Resort.View.Features;

/// <summary>The answer as <c>text/event-stream</c>. What it holds for a client is what it sends at the moment.</summary>
internal sealed class EventStream(HttpContext context, TimeSpan patience, TimeProvider clock)
{
    /// <summary>Tells at once where the client is, so that it can resume before it has seen a change, and to come back soon when it is cut off.</summary>
    public Task BeginAsync(long sequence, CancellationToken cancel)
    {
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-cache";
        return SendAsync($"retry: 1000\nid: {sequence}\n\n", cancel);
    }

    public Task SendAsync(IReadOnlyList<Change> changes, CancellationToken cancel)
    {
        var text = new StringBuilder();
        foreach (var change in changes)
            text.Append($"id: {change.Sequence}\nevent: {change.Event}\ndata: {JsonSerializer.Serialize(change, WireJson.Options)}\n\n");
        return SendAsync(text.ToString(), cancel);
    }

    public Task SendHeartbeatAsync(CancellationToken cancel) => SendAsync(": still here\n\n", cancel);

    private async Task SendAsync(string text, CancellationToken cancel)
    {
        using var deadline = new CancellationTokenSource(patience, clock);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel, deadline.Token);
        try
        {
            await context.Response.WriteAsync(text, over.Token);
            await context.Response.Body.FlushAsync(over.Token);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            context.Abort();
            throw;
        }
    }
}
