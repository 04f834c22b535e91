namespace Resort.Sidecar.Expressions;

/// <summary>What kind of word a token is.</summary>
internal enum CelTokenKind
{
    End, Symbol, Identifier, Literal,
}

/// <summary>A word of an expression: its text or, of a literal, its value, and where it begins.</summary>
internal readonly record struct CelToken(CelTokenKind Kind, string Text, object? Value, int Position)
{
    public override string ToString() => Kind == CelTokenKind.End ? "the end" : $"'{Text}'";
}
