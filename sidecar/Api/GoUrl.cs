using System.Text;

namespace Resort.Sidecar.Api;

/// <summary>Percent-decoding as Go does it. Bytes that are no UTF-8 become U+FFFD.</summary>
internal static class GoUrl
{
    /// <summary>Decodes a segment as Go's query unescape does, which Dapr uses for path segments too: <c>+</c> is a blank. False if an escape is broken.</summary>
    public static bool TryUnescape(string text, out string decoded) => TryUnescape(text, plus: (byte)' ', out decoded);

    /// <summary>Decodes a whole path, in which <c>+</c> stays what it is; false if an escape is broken.</summary>
    public static bool TryUnescapePath(string text, out string decoded) => TryUnescape(text, plus: (byte)'+', out decoded);

    private static bool TryUnescape(string text, byte plus, out string decoded)
    {
        decoded = text;
        if (text.AsSpan().IndexOfAny('%', '+') < 0) return true;
        var bytes = new byte[Encoding.UTF8.GetMaxByteCount(text.Length)];
        var length = 0;
        for (var i = 0; i < text.Length; i++)
            switch (text[i])
            {
                case '%' when i + 2 < text.Length && char.IsAsciiHexDigit(text[i + 1]) && char.IsAsciiHexDigit(text[i + 2]):
                    bytes[length++] = Convert.FromHexString(text.AsSpan(i + 1, 2))[0];
                    i += 2;
                    break;
                case '%': return false;
                case '+': bytes[length++] = plus; break;
                default: length += Encoding.UTF8.GetBytes(text.AsSpan(i, 1), bytes.AsSpan(length)); break;
            }
        decoded = Encoding.UTF8.GetString(bytes, 0, length);
        return true;
    }
}
