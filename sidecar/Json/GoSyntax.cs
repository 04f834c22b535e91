namespace Resort.Sidecar.Json;

/// <summary>Says why a text is no JSON in the words of Go's scanner: which byte cannot be where it is.</summary>
internal ref struct GoSyntax
{
    private const string End = "unexpected EOF";

    private readonly ReadOnlySpan<byte> text;
    private int at;

    private GoSyntax(ReadOnlySpan<byte> text) => this.text = text;

    /// <summary>The problem of the first value of a text; null if there is none.</summary>
    public static string? Problem(ReadOnlySpan<byte> text)
    {
        var scanner = new GoSyntax(text);
        scanner.Blanks();
        return scanner.IsAtEnd ? "EOF" : scanner.Value(0);
    }

    private readonly bool IsAtEnd => at == text.Length;

    private readonly bool IsDigit => !IsAtEnd && text[at] is >= (byte)'0' and <= (byte)'9';

    private string? Value(int depth)
    {
        Blanks();
        if (IsAtEnd) return End;
        if (depth > GoJson.ReaderOptions.MaxDepth) return "exceeded max depth";
        return (char)text[at] switch
        {
            '{' => Object(depth),
            '[' => Array(depth),
            '"' => String(),
            '-' or >= '0' and <= '9' => Number(),
            't' => Literal("true"),
            'f' => Literal("false"),
            'n' => Literal("null"),
            _ => Invalid("looking for beginning of value"),
        };
    }

    private string? Object(int depth)
    {
        at++;
        if (Closes('}')) return null;
        while (true)
        {
            Blanks();
            if (IsAtEnd || text[at] != '"') return Invalid("looking for beginning of object key string");
            if ((String() ?? After(':', "after object key") ?? Value(depth + 1)) is { } problem) return problem;
            if (Closes('}')) return null;
            if (After(',', "after object key:value pair") is { } unseparated) return unseparated;
        }
    }

    private string? Array(int depth)
    {
        at++;
        if (Closes(']')) return null;
        while (true)
        {
            if (Value(depth + 1) is { } problem) return problem;
            if (Closes(']')) return null;
            if (After(',', "after array element") is { } unseparated) return unseparated;
        }
    }

    private string? String()
    {
        for (at++; !IsAtEnd; at++)
            switch (text[at])
            {
                case (byte)'"': at++; return null;
                case < 0x20: return Invalid("in string literal");
                case (byte)'\\' when Escape() is { } problem: return problem;
            }
        return End;
    }

    /// <summary>Stops at the last byte of the escape.</summary>
    private string? Escape()
    {
        at++;
        if (IsAtEnd || !"bfnrt\\/\"u"u8.Contains(text[at])) return Invalid("in string escape code");
        if (text[at] != 'u') return null;
        for (var digits = 0; digits < 4; digits++)
        {
            at++;
            if (IsAtEnd || !char.IsAsciiHexDigit((char)text[at])) return Invalid(@"in \u hexadecimal character escape");
        }
        return null;
    }

    private string? Number()
    {
        if (text[at] == '-') at++;
        if (!IsDigit) return Invalid("in numeric literal");
        if (text[at] == '0') at++;
        else Digits();
        if (!IsAtEnd && text[at] == '.')
        {
            at++;
            if (!IsDigit) return Invalid("after decimal point in numeric literal");
            Digits();
        }
        if (IsAtEnd || text[at] is not ((byte)'e' or (byte)'E')) return null;
        at++;
        if (!IsAtEnd && text[at] is (byte)'+' or (byte)'-') at++;
        if (!IsDigit) return Invalid("in exponent of numeric literal");
        Digits();
        return null;
    }

    private string? Literal(string word)
    {
        foreach (var letter in word)
        {
            if (IsAtEnd || text[at] != letter) return Invalid($"in literal {word} (expecting '{letter}')");
            at++;
        }
        return null;
    }

    private void Digits()
    {
        while (IsDigit) at++;
    }

    private void Blanks()
    {
        while (!IsAtEnd && " \t\r\n"u8.Contains(text[at])) at++;
    }

    private bool Closes(char bracket)
    {
        Blanks();
        if (IsAtEnd || text[at] != bracket) return false;
        at++;
        return true;
    }

    private string? After(char separator, string where)
    {
        Blanks();
        if (IsAtEnd || text[at] != separator) return Invalid(where);
        at++;
        return null;
    }

    private readonly string Invalid(string where) => IsAtEnd ? End : $"invalid character {Quoted((char)text[at])} {where}";

    /// <summary>A byte as Go quotes the character of that number.</summary>
    private static string Quoted(char c) => c switch
    {
        '\'' => @"'\''",
        '\\' => @"'\\'",
        '\a' => @"'\a'",
        '\b' => @"'\b'",
        '\f' => @"'\f'",
        '\n' => @"'\n'",
        '\r' => @"'\r'",
        '\t' => @"'\t'",
        '\v' => @"'\v'",
        < ' ' or '\x7f' => $"'\\x{(int)c:x2}'",
        >= '\x80' and <= '\xa0' or '\xad' => $"'\\u{(int)c:x4}'",
        _ => $"'{c}'",
    };
}
