using System.Globalization;
using System.Text;

namespace Resort.Tests.Sidecar.Fuzzing;

/// <summary>Values that are almost right: texts, bytes, numbers, JSON. All from one seeded source.</summary>
internal sealed class Noise(int seed)
{
    private static readonly string[] awkward =
    [
        "", " ", "\0", "\uFEFF", "\u202E", "\ud800", "é", "한글", "👩‍👩‍👧", "%", "%zz", "%00", "%2F", "%2e%2e", "..", ".", "||", "*", "#", "?", "&=", ";", "'", "\"", "\\", "$", "-1", "0",
        "9223372036854775808", "1e400", "NaN", "true", "null", "undefined", new('x', 300), new('%', 50),
    ];

    private readonly Random random = new(seed);

    public int Next(int below) => random.Next(below);

    public bool OneIn(int n) => random.Next(n) == 0;

    public T Of<T>(IReadOnlyList<T> choices) => choices[random.Next(choices.Count)];

    public string Text() => random.Next(3) switch
    {
        0 => Of(awkward),
        1 => Of(awkward) + Of(awkward),
        _ => string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => (char)random.Next(32, 127))),
    };

    public byte[] Bytes(int most)
    {
        var bytes = new byte[random.Next(most)];
        random.NextBytes(bytes);
        return bytes;
    }

    /// <summary>A piece of JSON, mostly valid.</summary>
    public string Json(int depth = 0) => random.Next(depth > 3 ? 6 : 9) switch
    {
        0 => "null",
        1 => Of(["true", "false"]),
        2 => Of(["0", "-1", "1.5", "1e400", "-0", "01", "9223372036854775808", "0x1", "NaN"]),
        3 => Quoted(Text()),
        4 => Quoted(random.Next().ToString(CultureInfo.InvariantCulture)),
        5 => Of(["\"\\ud800\"", "\"\\x\"", "\"", "'a'", "{}", "[]", "\"a\"\"b\"", "//c\n1"]),
        6 => "[" + string.Join(',', Enumerable.Range(0, random.Next(4)).Select(_ => Json(depth + 1))) + "]",
        7 => "{" + string.Join(',', Enumerable.Range(0, random.Next(4)).Select(_ => $"{Quoted(Text())}:{Json(depth + 1)}")) + "}",
        _ => new string('[', random.Next(2000)) + new string('{', random.Next(20)),
    };

    /// <summary>Changes some bytes, or cuts, doubles or swaps parts.</summary>
    public byte[] Spoil(byte[] bytes)
    {
        if (bytes.Length == 0) return Bytes(16);
        var at = random.Next(bytes.Length);
        return random.Next(5) switch
        {
            0 => bytes[..at],
            1 => [.. bytes[..at], .. Bytes(8), .. bytes[at..]],
            2 => [.. bytes, .. bytes[at..]],
            3 => [.. bytes[at..], .. bytes[..at]],
            _ => [.. bytes.Select((b, i) => i == at ? (byte)random.Next(256) : b)],
        };
    }

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text) quoted.Append(c is '"' or '\\' ? $"\\{c}" : c < ' ' ? $"\\u{(int)c:x4}" : c.ToString());
        return quoted.Append('"').ToString();
    }
}
