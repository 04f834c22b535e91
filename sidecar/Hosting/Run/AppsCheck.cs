using Microsoft.Extensions.Logging.Abstractions;

namespace Resort.Sidecar.Hosting.Run;

/// <summary>
/// <c>check -f</c>: everything that <c>run -f</c> needs, looked at without starting an app, and all that is wrong, not only the first of it: the
/// template, ports, programs, every resource of every app, and the servers behind them.
/// </summary>
internal static class AppsCheck
{
    /// <summary>The exit code: 0 if nothing is wrong, otherwise 1.</summary>
    public static async Task<int> RunAsync(RunTemplate template)
    {
        var console = RunConsole.Default;
        var problems = new List<string>();
        await foreach (var taken in TemplatePorts.ProblemsAsync(template)) problems.Add(taken.Message);
        if (problems.Count == 0) console.Success("all ports are free");
        foreach (var app in template.Apps)
            if (await ProblemAsync(app) is not { } problem) console.Success($"{app.Id}: its resources are right, and what they need can be reached");
            else if (!problems.Contains(problem)) problems.Add(problem);
        foreach (var problem in problems) console.Failure(problem);
        return problems.Count == 0 ? 0 : 1;
    }

    /// <summary>In a data folder of its own, because a running system may have the other one.</summary>
    private static async Task<string?> ProblemAsync(AppTemplate app)
    {
        var data = Directory.CreateTempSubdirectory("resort-check-");
        try
        {
            await using var process = new SidecarProcess(data.FullName, TimeProvider.System, _ => NullLoggerFactory.Instance);
            await using var runtime = await DaprRuntime.CreateAsync(app.Sidecar, process);
            return null;
        }
        catch (Exception e) when (CommandLine.Refusal(e) is { } refusal) { return refusal; }
        finally { data.Delete(recursive: true); }
    }
}
