using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Resort.Sidecar.Metrics;

/// <summary>The labels of a metric: the app id, which all samples of a sidecar have, and names whose values tell its samples apart.</summary>
internal sealed class LabelNames(string appId, string[] names)
{
    private readonly string first = $"app_id=\"{Escape(appId)}\"";

    /// <summary>The labels of one sample, without braces.</summary>
    public string Write<TLabels>(TLabels values) where TLabels : struct, ITuple
    {
        var text = new StringBuilder(names.Contains("app_id") ? "" : first);
        for (var i = 0; i < names.Length; i++)
        {
            if (text.Length > 0) text.Append(',');
            text.Append(CultureInfo.InvariantCulture, $"{names[i]}=\"{Escape(Text(values[i]))}\"");
        }
        return text.ToString();
    }

    private static string Text(object? value) => value is bool flag ? flag ? "true" : "false" : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    private static string Escape(string value) =>
        value.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
