using System.Globalization;
using System.Net.NetworkInformation;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Resort.Tests.Conformance.Recordings;

namespace Resort.Tests.Conformance.Replaying;

/// <summary>
/// The words in double braces. What is played has values in their place; what is recorded has them in the place of values that differ from run
/// to run.
/// </summary>
internal sealed partial class Placeholders(string folder, IReadOnlyDictionary<string, string> environment, IReadOnlyDictionary<string, string>? traceIds = null)
{
    private static readonly string[] addresses =
    [
        .. NetworkInterface.GetAllNetworkInterfaces().Where(card => card.NetworkInterfaceType != NetworkInterfaceType.Loopback)
            .SelectMany(card => card.GetIPProperties().UnicastAddresses).Select(unicast => unicast.Address.ToString().Split('%')[0]),
    ];

    private readonly TraceNames traces = new(traceIds);
    private readonly string run = Path.GetRandomFileName()[..8];
    private readonly List<(string Word, int Port)> ports = [];
    private readonly Dictionary<string, string> saved = [];

    /// <summary>Gives a port its word, such as <c>http:app</c>.</summary>
    public void Port(string word, int port) => ports.Add((word, port));

    /// <summary>Keeps a value of an answer for the steps that follow.</summary>
    public void Save(string name, string value) => saved[name] = value;

    /// <summary>Values in the place of the words; a word that has none stays.</summary>
    public string Fill(string text) => !text.Contains("{{", StringComparison.Ordinal) ? text : Word().Replace(text, match => Value(match.Groups["word"].Value) ?? match.Value);

    /// <inheritdoc cref="Fill(string)"/>
    public JsonNode? Fill(JsonNode? node) => Json.Map(node, Fill);

    /// <summary>Words in the place of values.</summary>
    public JsonNode? Blank(JsonNode? node)
    {
        if (node is null) return null;
        var text = Json.Text(node).Replace(folder, "{{dir}}", StringComparison.Ordinal).Replace(run, "{{run}}", StringComparison.Ordinal);
        foreach (var (word, port) in ports) text = BlankPort(text, word, port);
        foreach (var (name, value) in saved)
            if (value.Length > 3) text = text.Replace(Json.Escaped(value), $"{{{{var:{name}}}}}", StringComparison.Ordinal);
        foreach (var address in addresses) text = text.Replace(address, "{{ip}}", StringComparison.Ordinal);
        text = text.Replace($"host={Environment.MachineName}", "host={{host}}", StringComparison.Ordinal);
        text = ForwardedHost().Replace(text, header => Regex.Replace(header.Value, $"(?<=[\",] ?){Regex.Escape(Environment.MachineName)}(?=[\",])", "{{host}}"));
        text = Uuid().Replace(text, "{{uuid}}");
        text = traces.Blank(text);
        text = Time().Replace(text, "{{time}}");
        return Json.Parse(LocalPort().Replace(text, "127.0.0.1:{{port}}"));
    }

    /// <summary>A port that is a JSON number becomes a text.</summary>
    private static string BlankPort(string text, string word, int port)
    {
        var digits = port.ToString(CultureInfo.InvariantCulture);
        if (!text.Contains(digits, StringComparison.Ordinal)) return text;
        text = Regex.Replace(text, $"(?<=[^\\\\]\":){digits}(?=[,}}])", $"\"{{{{{word}}}}}\"");
        return Regex.Replace(text, $"(?<![0-9a-f]){digits}(?![0-9a-f])", $"{{{{{word}}}}}");
    }

    private string? Value(string word) => word.Split(':') switch
    {
        ["run"] => run,
        ["dir"] => folder,
        ["env", var name] => environment.GetValueOrDefault(name),
        ["var", var name] => saved.GetValueOrDefault(name),
        ["x", var count] => new string('x', int.Parse(count, CultureInfo.InvariantCulture)),
        _ => ports.Find(port => port.Word == word) is { Port: > 0 } found ? found.Port.ToString(CultureInfo.InvariantCulture) : null,
    };

    [GeneratedRegex(@"\{\{(?<word>[\w.:-]+)\}\}")]
    private static partial Regex Word();

    [GeneratedRegex(@"""x-forwarded-host"":""[^""]*""")]
    private static partial Regex ForwardedHost();

    [GeneratedRegex(@"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b")]
    private static partial Regex Uuid();

    [GeneratedRegex(@"\b[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})")]
    private static partial Regex Time();

    [GeneratedRegex(@"127\.0\.0\.1:[0-9]{4,5}\b")]
    private static partial Regex LocalPort();
}
