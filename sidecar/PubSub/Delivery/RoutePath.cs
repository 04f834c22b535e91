using System.Text;

namespace Resort.Sidecar.PubSub.Delivery;

/// <summary>The path that a route means.</summary>
internal static class RoutePath
{
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
        return "/" + Escape(string.Join('/', segments), IsPathChar) + (query < 0 ? "" : Escape(route[query..], IsVisible));
    }

    private static string Escape(string text, Func<char, bool> stays)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            if (rune.IsAscii && stays((char)rune.Value)) escaped.Append(rune);
            else escaped.Append(Uri.EscapeDataString(rune.ToString()));
        return escaped.ToString();
    }

    private static bool IsPathChar(char c) => char.IsAsciiLetterOrDigit(c) || "$&+,/:;=@-_.~%!'()*".Contains(c, StringComparison.Ordinal);

    private static bool IsVisible(char c) => c is > ' ' and < '\x7f';
}
