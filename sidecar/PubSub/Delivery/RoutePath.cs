using System.Text;

namespace Resort.Sidecar.PubSub.Delivery;

/// <summary>The path that a route means.</summary>
internal static class RoutePath
{
    private const string Unescaped = "$&+,/:;=@-_.~%!'()*";

    /// <summary>
    /// The path and query to send: from the root, without doubled, leading-up or trailing slashes and without a fragment; what a path may not
    /// contain is escaped. An address with a scheme is a path like any other.
    /// </summary>
    public static string Normalize(string route)
    {
        var fragment = route.IndexOf('#', StringComparison.Ordinal);
        if (fragment >= 0) route = route[..fragment];
        var query = route.IndexOf('?', StringComparison.Ordinal);
        var segments = new List<string>();
        foreach (var segment in (query < 0 ? route : route[..query]).Split('/'))
            if (segment == "..")
            {
                if (segments.Count > 0) segments.RemoveAt(segments.Count - 1);
            }
            else if (segment is not ("" or ".")) segments.Add(segment);
        return "/" + Escape(string.Join('/', segments)) + (query < 0 ? "" : route[query..].Replace(" ", "%20", StringComparison.Ordinal));
    }

    private static string Escape(string path)
    {
        var escaped = new StringBuilder(path.Length);
        foreach (var rune in path.EnumerateRunes())
            if (rune.IsAscii && (Rune.IsLetterOrDigit(rune) || Unescaped.Contains((char)rune.Value, StringComparison.Ordinal))) escaped.Append(rune);
            else escaped.Append(Uri.EscapeDataString(rune.ToString()));
        return escaped.ToString();
    }
}
