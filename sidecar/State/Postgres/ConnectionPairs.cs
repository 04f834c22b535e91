using System.Text;

namespace Resort.Sidecar.State.Postgres;

/// <summary>PostgreSQL's own connection strings: <c>key=value</c> pairs between blanks; a value with blanks stands in single quotes.</summary>
internal static class ConnectionPairs
{
    /// <exception cref="FormatException">A pair is incomplete.</exception>
    public static Dictionary<string, string> Parse(string text)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        var i = 0;
        while (true)
        {
            Skip(text, ref i);
            if (i == text.Length) return pairs;
            var equals = text.IndexOf('=', i);
            if (equals < 0) throw new FormatException("a pair has no '='");
            var key = text[i..equals].Trim();
            if (key.Length == 0 || !key.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.')) throw new FormatException("what stands before a '=' is no name");
            i = equals + 1;
            Skip(text, ref i);
            pairs[key] = Value(text, ref i);
        }
    }

    private static void Skip(string text, ref int i)
    {
        while (i < text.Length && char.IsWhiteSpace(text[i])) i++;
    }

    /// <summary>A backslash takes the character after it as it is.</summary>
    private static string Value(string text, ref int i)
    {
        var isQuoted = i < text.Length && text[i] == '\'';
        if (isQuoted) i++;
        var value = new StringBuilder();
        for (; i < text.Length && (isQuoted ? text[i] != '\'' : !char.IsWhiteSpace(text[i])); i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length) i++;
            value.Append(text[i]);
        }
        if (!isQuoted) return value.ToString();
        if (i++ == text.Length) throw new FormatException("a quote is not closed");
        return value.ToString();
    }
}
