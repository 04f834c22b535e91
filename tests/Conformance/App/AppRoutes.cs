using System.Text.Json;
using System.Text.Json.Nodes;
using Resort.Tests.Conformance.Recordings;

namespace Resort.Tests.Conformance.App;

/// <summary>The routes of a scripted app; each remembers how often it has answered.</summary>
internal sealed class AppRoutes(AppScript script)
{
    private static readonly AnswerScript notFound = new() { Status = 404 };
    private readonly List<Route> routes = [.. (script.Routes ?? []).Select(route => new Route(route))];

    /// <summary>Whether the app starts to answer a path before it has read the body.</summary>
    public bool AnswersEarly(string path) => routes.Exists(route => route.Script.Early && route.HasPath(path));

    /// <summary>The next answer to a request.</summary>
    public AnswerScript Next(string method, string path) => routes.Find(route => route.HasMethod(method) && route.HasPath(path))?.Next() ?? notFound;

    private sealed class Route(RouteScript script)
    {
        private readonly AnswerScript[] answers = script.Answer switch
        {
            JsonArray list => [.. list.Select(answer => answer.Deserialize<AnswerScript>(Json.Options)!)],
            null => [new AnswerScript()],
            var one => [one.Deserialize<AnswerScript>(Json.Options)!],
        };

        private int served;

        public RouteScript Script => script;

        public bool HasMethod(string method) => script.Method is null or "*" || script.Method == method;

        public bool HasPath(string path) => script.Path == path || (script.Path.EndsWith('*') && path.StartsWith(script.Path[..^1], StringComparison.Ordinal));

        public AnswerScript Next() => answers[Math.Min(Interlocked.Increment(ref served), answers.Length) - 1];
    }
}
