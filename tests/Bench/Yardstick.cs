using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace Resort.Tests.Bench;

/// <summary>
/// What a plain HTTP exchange between two .NET processes costs here and now, so that figures of different machines, and of one whose speed
/// varies, can be compared. The other process is this program, started with <see cref="Echo"/>.
/// </summary>
internal static class Yardstick
{
    public const string Echo = "echo";
    private const int Clients = 16;
    private static readonly TimeSpan warmUp = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan measured = TimeSpan.FromSeconds(2);

    /// <returns>CPU milliseconds of both sides together.</returns>
    public static async Task<double> MeasureAsync()
    {
        using var other = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, Echo) { RedirectStandardOutput = true, RedirectStandardInput = true })!;
        var address = new Uri((await other.StandardOutput.ReadLineAsync())!);
        using var http = new HttpClient();
        await RunAsync(http, address, warmUp);
        var before = Cpu(other);
        var exchanges = await RunAsync(http, address, measured);
        var cpu = Cpu(other) - before;
        other.StandardInput.Close();
        await other.WaitForExitAsync();
        return cpu.TotalMilliseconds / exchanges;
    }

    /// <summary>The other side: answers with what it is sent, until its standard input ends.</summary>
    public static async Task ServeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        await using var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.Run(async context =>
        {
            context.Response.ContentLength = context.Request.ContentLength;
            await context.Request.Body.CopyToAsync(context.Response.Body);
        });
        await app.StartAsync();
        Console.WriteLine(app.Urls.Single());
        await Console.In.ReadToEndAsync();
    }

    private static async Task<int> RunAsync(HttpClient http, Uri address, TimeSpan duration)
    {
        var body = new byte[300];
        var watch = Stopwatch.StartNew();
        var counts = await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => Task.Run(async () =>
        {
            var count = 0;
            for (; watch.Elapsed < duration; count++)
            {
                using var answer = await http.PostAsync(address, new ByteArrayContent(body));
                await answer.Content.ReadAsByteArrayAsync();
            }
            return count;
        })));
        return counts.Sum();
    }

    private static TimeSpan Cpu(Process other)
    {
        other.Refresh();
        return other.TotalProcessorTime + Environment.CpuUsage.TotalTime;
    }
}
