namespace Resort.Sidecar.Expressions;

/// <summary>Builds the tree of an expression, by precedence: <c>?:</c>, <c>||</c>, <c>&amp;&amp;</c>, relations, sums, products, unary, members.</summary>
internal sealed class CelParser(string text, string[] variables)
{
    private static readonly string[] relations = ["==", "!=", "<", "<=", ">", ">=", "in"];
    private static readonly string[] sums = ["+", "-"];
    private static readonly string[] products = ["*", "/", "%"];
    private readonly List<CelToken> tokens = CelLexer.Read(text);
    private int next;

    private CelToken Current => tokens[next];

    /// <exception cref="CelException">The text is no expression.</exception>
    public CelNode Parse()
    {
        var root = Conditional();
        return Current.Kind == CelTokenKind.End ? root : throw Unexpected("an operator or the end");
    }

    private CelNode Conditional()
    {
        var condition = Or();
        if (!Take("?")) return condition;
        var then = Or();
        Expect(":");
        return new CelConditional(condition, then, Conditional());
    }

    private CelNode Or()
    {
        var left = And();
        while (Take("||")) left = new CelJunction(left, And(), Deciding: true);
        return left;
    }

    private CelNode And()
    {
        var left = Relation();
        while (Take("&&")) left = new CelJunction(left, Relation(), Deciding: false);
        return left;
    }

    private CelNode Relation() => Binary(relations, () => Binary(sums, () => Binary(products, Unary)));

    private CelNode Binary(string[] operators, Func<CelNode> operand)
    {
        var left = operand();
        while (Current.Kind == CelTokenKind.Symbol && operators.Contains(Current.Text))
        {
            var name = tokens[next++].Text;
            left = new CelBinary(name, left, operand());
        }
        return left;
    }

    private CelNode Unary()
    {
        if (Take("!")) return new CelNot(Unary());
        if (Take("-")) return new CelNegation(Unary());
        return Members();
    }

    private CelNode Members()
    {
        var node = Primary();
        for (; ; )
            if (Take("."))
            {
                var name = Identifier();
                node = Take("(") ? Method(name, node) : new CelMember(node, name.Text);
            }
            else if (Take("["))
            {
                node = new CelIndex(node, Conditional());
                Expect("]");
            }
            else return node;
    }

    private CelNode Primary()
    {
        if (Current.Kind == CelTokenKind.Literal) return new CelLiteral(tokens[next++].Value);
        if (Take("[")) return new CelList(Arguments("]"));
        if (Take("("))
        {
            var inner = Conditional();
            Expect(")");
            return inner;
        }
        if (Current.Kind != CelTokenKind.Identifier) throw Unexpected("a value");
        var name = Identifier();
        if (Take("(")) return name.Text == "has" ? Has(name) : Function(name);
        return variables.Contains(name.Text) ? new CelVariable(name.Text) : throw Error(name, $"'{name.Text}' is not known; known are {string.Join(", ", variables)}");
    }

    private CelHas Has(CelToken name) =>
        Arguments(")") is [CelMember member] ? new CelHas(member) : throw Error(name, "has() takes one member, such as has(event.data.x)");

    private CelCall Function(CelToken name) => Call(name, Arguments(")"));

    private CelCall Method(CelToken name, CelNode target) => Call(name, [target, .. Arguments(")")]);

    private CelCall Call(CelToken name, CelNode[] arguments) =>
        CelFunctions.Find(name.Text, arguments.Length) is { } function ? new CelCall(function, arguments) : throw Error(name, $"there is no function {name.Text} of {arguments.Length} values");

    private CelNode[] Arguments(string end)
    {
        List<CelNode> arguments = [];
        if (Take(end)) return [];
        do arguments.Add(Conditional());
        while (Take(","));
        Expect(end);
        return [.. arguments];
    }

    private CelToken Identifier() => Current.Kind == CelTokenKind.Identifier ? tokens[next++] : throw Unexpected("a name");

    private bool Take(string symbol)
    {
        if (Current.Kind != CelTokenKind.Symbol || Current.Text != symbol) return false;
        next++;
        return true;
    }

    private void Expect(string symbol)
    {
        if (!Take(symbol)) throw Unexpected($"'{symbol}'");
    }

    private CelException Unexpected(string expected) => Error(Current, $"expected {expected}, not {Current}");

    private CelException Error(CelToken token, string problem) => CelLexer.Error(text, token.Position, problem);
}
