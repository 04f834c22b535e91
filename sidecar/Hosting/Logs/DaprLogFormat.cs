using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Resort.Sidecar.Api;

namespace Resort.Sidecar.Hosting.Logs;

/// <summary>One log line as daprd writes it: <c>key=value</c> text, or JSON with the same keys in alphabetical order.</summary>
internal sealed partial class DaprLogFormat(string appId, bool asJson)
{
    private readonly string instance = Environment.MachineName;

    public string Line(DateTimeOffset time, LogLevel level, string scope, string message, Exception? error)
    {
        var timestamp = time.ToString("yyyy-MM-ddTHH:mm:ss.fffffffK", CultureInfo.InvariantCulture);
        var details = error?.ToString();
        return asJson ? Json(timestamp, level, scope, message, details) : Text(timestamp, level, scope, message, details);
    }

    private string Text(string time, LogLevel level, string scope, string message, string? error)
    {
        var line = new StringBuilder($"time=\"{time}\" level={Word(level)} msg=\"{Escape(message)}\" app_id={Quote(appId)}");
        if (error is not null) line.Append(CultureInfo.InvariantCulture, $" error=\"{Escape(error)}\"");
        return line.Append(CultureInfo.InvariantCulture, $" instance={Quote(instance)} scope={scope} type=log ver={DaprVersion.Text}").ToString();
    }

    private string Json(string time, LogLevel level, string scope, string message, string? error)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, JsonText.WriterOptions))
        {
            json.WriteStartObject();
            json.WriteString("app_id", appId);
            if (error is not null) json.WriteString("error", error);
            json.WriteString("instance", instance);
            json.WriteString("level", Word(level));
            json.WriteString("msg", message);
            json.WriteString("scope", scope);
            json.WriteString("time", time);
            json.WriteString("type", "log");
            json.WriteString("ver", DaprVersion.Text);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    private static string Word(LogLevel level) => level switch
    {
        LogLevel.Trace or LogLevel.Debug => "debug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warning",
        LogLevel.Error => "error",
        _ => "fatal",
    };

    private static string Quote(string value) => Plain().IsMatch(value) ? value : $"\"{Escape(value)}\"";

    private static string Escape(string text) => JsonEncodedText.Encode(text, JsonText.WriterOptions.Encoder).Value;

    [GeneratedRegex("^[a-zA-Z0-9._/@^+-]*$")]
    private static partial Regex Plain();
}
