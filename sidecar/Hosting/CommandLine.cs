using System.CommandLine;
using Resort.Sidecar.Components;
using Resort.Sidecar.Hosting.Flags;
using Resort.Sidecar.Hosting.Run;
using Resort.Sidecar.Storage;

namespace Resort.Sidecar.Hosting;

/// <summary>
/// daprd's flags for one sidecar, and <c>run -f</c> for all apps of a run template. Exit codes: 0, 1 for a wrong value or resource and for work
/// that was cut off, 2 for an unknown flag.
/// </summary>
internal static class CommandLine
{
    private static readonly ParserConfiguration parser = new() { EnablePosixBundling = false, ResponseFileTokenReplacer = null };
    private static readonly InvocationConfiguration invocation = new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };

    public static async Task<int> RunAsync(string[] args)
    {
        var parsed = Root().Parse([.. args.Select(TwoDashes)], parser);
        if (parsed.Errors is [var error, ..])
        {
            await Console.Error.WriteLineAsync(error.Message);
            return parsed.UnmatchedTokens.Count > 0 ? 2 : 1;
        }
        try
        {
            return await parsed.InvokeAsync(invocation);
        }
        catch (Exception e) when (Refusal(e) is { } refusal)
        {
            await Console.Error.WriteLineAsync(refusal);
            return 1;
        }
    }

    /// <summary>What is said of a start that a wrong value, resource or file ends; null if the error is a defect of the sidecar.</summary>
    public static string? Refusal(Exception error) => error switch
    {
        FlagException e => $"--{e.Flag} {e.Message}",
        ResourceException or StorageException or IOException or UnauthorizedAccessException => error.Message,
        _ => null,
    };

    private static RootCommand Root()
    {
        var options = DaprdFlags.Honoured.Keys.Concat(DaprdFlags.Harmless).Concat(DaprdFlags.Refused.Keys).ToDictionary(flag => flag, DaprdOption);
        var root = new RootCommand("A Dapr sidecar for development and single machines. It takes daprd's flags; those that are not listed are accepted without effect, or refused.")
        {
            RunCommand(),
            CheckCommand(),
        };
        foreach (var option in options.Values) root.Add(option);
        root.SetAction((parsed, _) =>
        {
            var flags = new FlagValues(flag => parsed.GetValue(options[flag]) is { } given ? parsed.GetResult(options[flag]) is null ? [] : given.Length == 0 ? [""] : given : []);
            return SingleSidecar.RunAsync(DaprdFlags.Read(flags, Environment.GetEnvironmentVariable));
        });
        return root;
    }

    /// <summary>As in Go, a flag may have one dash or two.</summary>
    private static string TwoDashes(string argument) => argument is ['-', not '-', _, ..] ? "-" + argument : argument;

    /// <summary>Any flag may be repeated; of values that stand alone the last counts.</summary>
    private static Option<string[]> DaprdOption(string flag) => new("--" + flag)
    {
        Description = DaprdFlags.Honoured.GetValueOrDefault(flag),
        Hidden = !DaprdFlags.Honoured.ContainsKey(flag),
        Arity = DaprdFlags.Switches.Contains(flag) ? ArgumentArity.ZeroOrMore : ArgumentArity.OneOrMore,
        HelpName = DaprdFlags.Switches.Contains(flag) ? "true|false" : "value",
    };

    private static Option<string> RunFile() => new("--run-file", "-f") { Description = "the run template, or a folder that holds dapr.yaml, or - for stdin", Required = true };

    private static Option<string[]> Resources() => new("--resources-path") { Description = "takes the place of the template's common resourcesPaths; may be repeated" };

    private static Option<string[]> Without() => new("--without") { Description = "the id of an app that is left out with its sidecar; may be repeated" };

    private static Command CheckCommand()
    {
        var (file, resources, without) = (RunFile(), Resources(), Without());
        var command = new Command("check", "Looks at everything that `run` needs, without starting an app, and tells all that is wrong.") { file, resources, without };
        command.SetAction((parsed, _) => AppsCheck.RunAsync(RunTemplateReader.Read(parsed.GetRequiredValue(file), parsed.GetValue(resources) ?? [], parsed.GetValue(without) ?? [])));
        return command;
    }

    private static Command RunCommand()
    {
        var (file, resources, without) = (RunFile(), Resources(), Without());
        var message = new Option<string>("--ready-message") { Description = "printed when all apps are ready" };
        var hung = new Option<int?>("--restart-hung") { Description = "so many seconds an app may fail its health checks before it is started again; never by default", HelpName = "seconds" };
        hung.Validators.Add(given => { if (given.GetValueOrDefault<int?>() < 1) given.AddError("--restart-hung takes a number of seconds, 1 or more"); });
        var command = new Command("run", "Starts every app of a run template as `dapr run -f` does, with all sidecars in this process; Ctrl-C stops all.") { file, resources, without, message, hung };
        command.SetAction((parsed, _) =>
        {
            var template = RunTemplateReader.Read(parsed.GetRequiredValue(file), parsed.GetValue(resources) ?? [], parsed.GetValue(without) ?? []);
            return AppsRun.RunAsync(template, parsed.GetValue(message), parsed.GetValue(hung) is { } seconds ? TimeSpan.FromSeconds(seconds) : null);
        });
        return command;
    }
}
