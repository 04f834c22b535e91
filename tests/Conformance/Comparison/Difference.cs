namespace Resort.Tests.Conformance.Comparison;

/// <summary>One place, a field of the result of a step, where a sidecar did something else than was recorded.</summary>
internal sealed record Difference(string Where, string Field, string Recorded, string Got)
{
    public override string ToString() => $"{Where}{Field}\n    recorded {Short(Recorded)}\n    got      {Short(Got)}";

    private static string Short(string text) => text.Length <= 600 ? text : text[..600] + "…";
}
