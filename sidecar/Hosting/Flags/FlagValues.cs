using System.Globalization;
using Resort.Sidecar.Components;

namespace Resort.Sidecar.Hosting.Flags;

/// <summary>The values given to daprd's flags, on the command line or by the fields of a run template; read by type.</summary>
internal sealed class FlagValues(Func<string, IReadOnlyList<string>> given)
{
    /// <summary>All values of a flag that may be repeated, empty ones left out.</summary>
    public IReadOnlyList<string> Texts(string flag) => [.. given(flag).Where(value => value.Length > 0)];

    /// <summary>The last value of a flag; null if it is absent or empty.</summary>
    public string? Text(string flag) => given(flag) is [.., { Length: > 0 } last] ? last : null;

    /// <summary>Whether a switch is on; it may also be given as <c>--flag=false</c>.</summary>
    public bool IsOn(string flag) => given(flag) switch
    {
        [] => false,
        [.., "" or "true" or "True" or "TRUE" or "t" or "1"] => true,
        [.., "false" or "False" or "FALSE" or "f" or "0"] => false,
        _ => throw Wrong(flag, "true or false"),
    };

    /// <summary>A whole number, at least <paramref name="least"/>.</summary>
    public int Number(string flag, int otherwise, int least) => Text(flag) switch
    {
        null => otherwise,
        var text when int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least => number,
        _ => throw Wrong(flag, $"a whole number of at least {least}"),
    };

    /// <summary>A port; null if the flag is absent or 0.</summary>
    public int? Port(string flag) => Text(flag) switch
    {
        null or "0" => null,
        var text when ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) => port,
        _ => throw Wrong(flag, "a port (1 to 65535)"),
    };

    /// <summary>A size in bytes.</summary>
    public long Bytes(string flag, long otherwise) => Text(flag) switch
    {
        null => otherwise,
        var text when ByteQuantity.TryParse(text, out var bytes) && bytes > 0 => bytes,
        _ => throw Wrong(flag, "a size such as 4Mi or 512k"),
    };

    /// <summary>A duration in Go's spelling.</summary>
    public TimeSpan Duration(string flag, TimeSpan otherwise) => Text(flag) switch
    {
        null => otherwise,
        var text when GoDuration.TryParse(text, out var duration) && duration >= TimeSpan.Zero => duration,
        _ => throw Wrong(flag, "a duration such as 5s"),
    };

    /// <summary>One of some words.</summary>
    public string OneOf(string flag, string otherwise, params ReadOnlySpan<string> words)
    {
        var text = Text(flag) ?? otherwise;
        return words.Contains(text) ? text : throw Wrong(flag, string.Join(", ", words!));
    }

    /// <summary>The error for a value that is not what the flag takes.</summary>
    public FlagException Wrong(string flag, string expected) => new(flag, $"must be {expected}, not '{Text(flag)}'");
}
