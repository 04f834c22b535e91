using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Resort.Sidecar.Expressions;

/// <summary>Cuts an expression into tokens.</summary>
internal static partial class CelLexer
{
    private static readonly string[] symbols = ["&&", "||", "==", "!=", "<=", ">=", "<", ">", "!", "+", "-", "*", "/", "%", "(", ")", "[", "]", ",", ".", "?", ":"];

    /// <exception cref="CelException">A character or a literal cannot be read.</exception>
    public static List<CelToken> Read(string text)
    {
        var tokens = new List<CelToken>();
        for (var at = 0; ;)
        {
            at += Blank().Match(text, at).Length;
            if (at == text.Length)
            {
                tokens.Add(new CelToken(CelTokenKind.End, "", null, at));
                return tokens;
            }
            var token = Next(text, at);
            tokens.Add(token);
            at += token.Text.Length;
        }
    }

    /// <summary>A complaint about a place in an expression.</summary>
    public static CelException Error(string text, int position, string problem)
    {
        var before = text.AsSpan(0, position);
        return new CelException($"{before.Count('\n') + 1}:{position - before.LastIndexOf('\n')}: {problem}");
    }

    private static CelToken Next(string text, int at)
    {
        if (Number().Match(text, at) is { Success: true } number) return new CelToken(CelTokenKind.Literal, number.Value, NumberOf(text, number), at);
        if (String().Match(text, at) is { Success: true } quoted) return new CelToken(CelTokenKind.Literal, quoted.Value, StringOf(text, quoted), at);
        if (Word().Match(text, at) is { Success: true } word)
            return word.Value switch
            {
                "true" => new CelToken(CelTokenKind.Literal, word.Value, true, at),
                "false" => new CelToken(CelTokenKind.Literal, word.Value, false, at),
                "null" => new CelToken(CelTokenKind.Literal, word.Value, null, at),
                "in" => new CelToken(CelTokenKind.Symbol, word.Value, null, at),
                _ => new CelToken(CelTokenKind.Identifier, word.Value, null, at),
            };
        var symbol = symbols.FirstOrDefault(candidate => string.CompareOrdinal(text, at, candidate, 0, candidate.Length) == 0);
        return symbol is null ? throw Error(text, at, $"unexpected character '{text[at]}'") : new CelToken(CelTokenKind.Symbol, symbol, null, at);
    }

    private static object NumberOf(string text, Match match)
    {
        var digits = match.Value;
        if (match.Groups["hex"].Success && long.TryParse(digits.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var hex)) return hex;
        if (match.Groups["fraction"].Success) return double.Parse(digits, CultureInfo.InvariantCulture);
        return long.TryParse(digits.TrimEnd('u', 'U'), NumberStyles.None, CultureInfo.InvariantCulture, out var whole) ? whole : throw Error(text, match.Index, $"the number {digits} is too large");
    }

    private static string StringOf(string text, Match match)
    {
        var body = match.Groups["body"].Value;
        if (match.Groups["raw"].Success || !body.Contains('\\', StringComparison.Ordinal)) return body;
        var value = new StringBuilder(body.Length);
        for (var i = 0; i < body.Length; i++)
            if (body[i] != '\\') value.Append(body[i]);
            else i += Escape(body.AsSpan(i + 1), value) ?? throw Error(text, match.Index, $"unknown escape in {match.Value}");
        return value.ToString();
    }

    private static int? Escape(ReadOnlySpan<char> after, StringBuilder value)
    {
        const string Letters = "abfnrtv\\\"'`?", Meanings = "\a\b\f\n\r\t\v\\\"'`?";
        if (Letters.IndexOf(after[0], StringComparison.Ordinal) is var plain and >= 0)
        {
            value.Append(Meanings[plain]);
            return 1;
        }
        var digits = after[0] switch { 'x' => 2, 'u' => 4, 'U' => 8, _ => 0 };
        if (digits == 0 || after.Length <= digits || !uint.TryParse(after.Slice(1, digits), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var rune) || !Rune.IsValid(rune)) return null;
        value.Append(new Rune(rune));
        return digits + 1;
    }

    [GeneratedRegex(@"\G(?:\s|//[^\n]*)*")]
    private static partial Regex Blank();

    [GeneratedRegex(@"\G(?:(?<hex>0[xX][0-9a-fA-F]+)|\d+(?<fraction>\.\d+(?:[eE][+-]?\d+)?|[eE][+-]?\d+)|\d+[uU]?)")]
    private static partial Regex Number();

    [GeneratedRegex("""\G(?<raw>[rR])?(?:\"{3}(?<body>(?:\\.|[^\\])*?)\"{3}|'{3}(?<body>(?:\\.|[^\\])*?)'{3}|\"(?<body>(?:\\.|[^\"\\\n])*)\"|'(?<body>(?:\\.|[^'\\\n])*)')""", RegexOptions.Singleline)]
    private static partial Regex String();

    [GeneratedRegex(@"\G[_a-zA-Z][_a-zA-Z0-9]*")]
    private static partial Regex Word();
}
