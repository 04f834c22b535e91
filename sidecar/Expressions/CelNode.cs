using System.Text.Json;

namespace Resort.Sidecar.Expressions;

/// <summary>A node of an expression's tree.</summary>
internal abstract record CelNode
{
    /// <summary>The node's value.</summary>
    /// <exception cref="CelException">There is none for these variables.</exception>
    public abstract object? Evaluate(Func<string, object?> variable);
}

/// <summary>A value as it is written.</summary>
internal sealed record CelLiteral(object? Value) : CelNode
{
    public override object? Evaluate(Func<string, object?> variable) => Value;
}

/// <summary>A variable.</summary>
internal sealed record CelVariable(string Name) : CelNode
{
    public override object? Evaluate(Func<string, object?> variable) => CelValues.Plain(variable(Name));
}

/// <summary><c>[a, b]</c>.</summary>
internal sealed record CelList(CelNode[] Items) : CelNode
{
    public override object? Evaluate(Func<string, object?> variable) => Array.ConvertAll(Items, item => item.Evaluate(variable));
}

/// <summary><c>a.b</c>; a missing member is an error.</summary>
internal sealed record CelMember(CelNode Target, string Name) : CelNode
{
    public override object? Evaluate(Func<string, object?> variable) =>
        TryFind(variable, out var value) ? CelValues.Plain(value) : throw new CelException($"no such key: {Name}");

    /// <summary>Whether the member is there.</summary>
    /// <exception cref="CelException">The target is no object.</exception>
    public bool TryFind(Func<string, object?> variable, out JsonElement value) =>
        Target.Evaluate(variable) is JsonElement { ValueKind: JsonValueKind.Object } map ? map.TryGetProperty(Name, out value) : throw new CelException($"no such overload: .{Name} of what is no object");
}

/// <summary><c>has(a.b)</c>.</summary>
internal sealed record CelHas(CelMember Member) : CelNode
{
    public override object? Evaluate(Func<string, object?> variable) => Member.TryFind(variable, out _);
}

/// <summary><c>a[i]</c> of a list, or <c>a["b"]</c> of an object.</summary>
internal sealed record CelIndex(CelNode Target, CelNode Index) : CelNode
{
    public override object? Evaluate(Func<string, object?> variable)
    {
        var (target, index) = (Target.Evaluate(variable), Index.Evaluate(variable));
        if (target is JsonElement { ValueKind: JsonValueKind.Object } map && index is string key)
            return map.TryGetProperty(key, out var value) ? CelValues.Plain(value) : throw new CelException($"no such key: {key}");
        if (index is not (long or double) || CelValues.Items(target) is not { } items) throw new CelException("no such overload: []");
        var place = CelValues.Whole(index);
        return place >= 0 && place < items.Count ? items[(int)place] : throw new CelException($"index out of bounds: {index}");
    }
}

/// <summary><c>!a</c>.</summary>
internal sealed record CelNot(CelNode Operand) : CelNode
{
    public override object? Evaluate(Func<string, object?> variable) => !CelValues.Bool(Operand.Evaluate(variable), "!");
}

/// <summary><c>-a</c>.</summary>
internal sealed record CelNegation(CelNode Operand) : CelNode
{
    public override object? Evaluate(Func<string, object?> variable) => Operand.Evaluate(variable) switch
    {
        long.MinValue => throw new CelException("integer overflow"),
        long whole => -whole,
        double number => -number,
        _ => throw new CelException("no such overload: -"),
    };
}

/// <summary><c>a ? b : c</c>.</summary>
internal sealed record CelConditional(CelNode Condition, CelNode Then, CelNode Otherwise) : CelNode
{
    public override object? Evaluate(Func<string, object?> variable) => (CelValues.Bool(Condition.Evaluate(variable), "?:") ? Then : Otherwise).Evaluate(variable);
}

/// <summary><c>a &amp;&amp; b</c> or <c>a || b</c>: if one side decides, an error on the other does not count.</summary>
internal sealed record CelJunction(CelNode Left, CelNode Right, bool Deciding) : CelNode
{
    public override object? Evaluate(Func<string, object?> variable)
    {
        try
        {
            if (Side(Left, variable) == Deciding) return Deciding;
        }
        catch (CelException)
        {
            if (Side(Right, variable) == Deciding) return Deciding;
            throw;
        }
        return Side(Right, variable);
    }

    private bool Side(CelNode side, Func<string, object?> variable) => CelValues.Bool(side.Evaluate(variable), Deciding ? "||" : "&&");
}

/// <summary>A relation, a sum or a product.</summary>
internal sealed record CelBinary(string Operator, CelNode Left, CelNode Right) : CelNode
{
    public override object? Evaluate(Func<string, object?> variable) => CelValues.Apply(Operator, Left.Evaluate(variable), Right.Evaluate(variable));
}

/// <summary>A function or method call; a method's target is its first argument.</summary>
internal sealed record CelCall(Func<object?[], object?> Function, CelNode[] Arguments) : CelNode
{
    public override object? Evaluate(Func<string, object?> variable) => Function(Array.ConvertAll(Arguments, argument => argument.Evaluate(variable)));
}
