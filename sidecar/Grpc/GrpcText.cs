using System.Text;

namespace Resort.Sidecar.Grpc;

/// <summary>The encoding of <c>grpc-message</c>: UTF-8, with every byte outside printable ASCII, and the percent sign, as <c>%XX</c>.</summary>
internal static class GrpcText
{
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var b in Encoding.UTF8.GetBytes(text))
            if (b is >= 0x20 and <= 0x7e and not (byte)'%') escaped.Append((char)b);
            else escaped.Append(System.Globalization.CultureInfo.InvariantCulture, $"%{b:X2}");
        return escaped.ToString();
    }
}
