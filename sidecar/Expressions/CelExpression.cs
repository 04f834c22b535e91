namespace Resort.Sidecar.Expressions;

/// <summary>
/// The part of the Common Expression Language that Dapr's routing rules and breakers use: literals, variables with members and indexes, lists,
/// comparison, arithmetic, <c>&amp;&amp; || ! ?: in</c>, <c>has</c>, <c>size</c>, <c>startsWith</c>, <c>endsWith</c>, <c>contains</c>,
/// <c>matches</c> and the conversions <c>int</c>, <c>double</c>, <c>string</c>. Macros over lists, maps and bytes as literals are refused.
/// </summary>
internal sealed class CelExpression
{
    private readonly CelNode root;

    private CelExpression(CelNode root) => this.root = root;

    /// <summary>Reads an expression over these variables.</summary>
    /// <exception cref="CelException">It is no expression, or names something unknown.</exception>
    public static CelExpression Parse(string text, params string[] variables) => new(new CelParser(text, variables).Parse());

    /// <summary>
    /// Whether the expression holds. <paramref name="variable"/> gives the value of a variable: null, a bool, a long, a double, a string, a list
    /// or a <see cref="System.Text.Json.JsonElement"/>, whose numbers count as doubles.
    /// </summary>
    /// <exception cref="CelException">A member is missing, the types do not fit, or the result is no bool.</exception>
    public bool Holds(Func<string, object?> variable) =>
        root.Evaluate(variable) is bool result ? result : throw new CelException("the result is no bool");
}
