using System.Text;

namespace Resort.Sidecar.Invocation;

/// <summary>Guesses a content type from the first bytes of a body, as Go does after the WHATWG MIME Sniffing standard: markup, then known formats, then text.</summary>
internal static class ContentSniffer
{
    private const int Looked = 512;

    private static readonly string[] tags =
        ["!DOCTYPE HTML", "HTML", "HEAD", "SCRIPT", "IFRAME", "H1", "DIV", "FONT", "TABLE", "A", "STYLE", "TITLE", "B", "BODY", "BR", "P", "!--"];

    private static readonly byte[][] markup = [.. tags.Select(tag => Encoding.ASCII.GetBytes("<" + tag))];

    /// <summary>How formats begin; a dot stands for any byte, a backslash for a byte in hexadecimal.</summary>
    private static readonly (int?[] Beginning, string Type)[] formats =
    [
        Format("%PDF-", "application/pdf"),
        Format("%!PS-Adobe-", "application/postscript"),
        Format(@"\FE\FF..", "text/plain; charset=utf-16be"),
        Format(@"\FF\FE..", "text/plain; charset=utf-16le"),
        Format(@"\EF\BB\BF.", "text/plain; charset=utf-8"),
        Format(@"\00\00\01\00", "image/x-icon"),
        Format(@"\00\00\02\00", "image/x-icon"),
        Format("BM", "image/bmp"),
        Format("GIF87a", "image/gif"),
        Format("GIF89a", "image/gif"),
        Format("RIFF....WEBPVP", "image/webp"),
        Format(@"\89PNG\0D\0A\1A\0A", "image/png"),
        Format(@"\FF\D8\FF", "image/jpeg"),
        Format("FORM....AIFF", "audio/aiff"),
        Format("ID3", "audio/mpeg"),
        Format(@"OggS\00", "application/ogg"),
        Format(@"MThd\00\00\00\06", "audio/midi"),
        Format("RIFF....AVI ", "video/avi"),
        Format("RIFF....WAVE", "audio/wave"),
        Format("....ftypmp4", "video/mp4"),
        Format(@"\1A\45\DF\A3", "video/webm"),
        Format(@"\00\01\00\00", "font/ttf"),
        Format("OTTO", "font/otf"),
        Format("ttcf", "font/collection"),
        Format("wOFF", "font/woff"),
        Format("wOF2", "font/woff2"),
        Format(@"\1F\8B\08", "application/x-gzip"),
        Format(@"PK\03\04", "application/zip"),
        Format(@"Rar!\1A\07", "application/x-rar-compressed"),
        Format(@"\00asm", "application/wasm"),
    ];

    /// <summary>The type of a body that begins with these bytes, of which there is at least one.</summary>
    public static string Guess(ReadOnlySpan<byte> body)
    {
        body = body[..Math.Min(body.Length, Looked)];
        var text = body.TrimStart("\t\n\f\r "u8);
        foreach (var tag in markup)
            if (text.Length > tag.Length && text[tag.Length] is (byte)' ' or (byte)'>' && Ascii.EqualsIgnoreCase(text[..tag.Length], tag)) return "text/html; charset=utf-8";
        if (text.StartsWith("<?xml"u8)) return "text/xml; charset=utf-8";
        foreach (var (beginning, type) in formats) if (Begins(body, beginning)) return type;
        return IsText(text) ? "text/plain; charset=utf-8" : "application/octet-stream";
    }

    private static bool Begins(ReadOnlySpan<byte> body, int?[] beginning)
    {
        if (body.Length < beginning.Length) return false;
        for (var i = 0; i < beginning.Length; i++) if (beginning[i] is { } expected && body[i] != expected) return false;
        return true;
    }

    private static bool IsText(ReadOnlySpan<byte> body)
    {
        foreach (var b in body) if (b is <= 0x08 or 0x0B or (>= 0x0E and <= 0x1A) or (>= 0x1C and <= 0x1F)) return false;
        return true;
    }

    private static (int?[], string) Format(string pattern, string type)
    {
        List<int?> bytes = [];
        for (var i = 0; i < pattern.Length; i++)
            if (pattern[i] == '\\')
            {
                bytes.Add(Convert.FromHexString(pattern.AsSpan(i + 1, 2))[0]);
                i += 2;
            }
            else bytes.Add(pattern[i] == '.' ? null : pattern[i]);
        return ([.. bytes], type);
    }
}
