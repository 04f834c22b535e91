using System.Text;

namespace Resort.Tests.Conformance.Recordings;

/// <summary>A part of what is sent: a text, or a letter so many times; then a pause, or the end of the connection.</summary>
internal sealed record PartScript(string? Text, int? Repeat, int ThenMs, bool BreakOff)
{
    public byte[] Bytes() => Encoding.UTF8.GetBytes(Repeat is { } times ? string.Concat(Enumerable.Repeat(Text ?? "x", times)) : Text ?? "");
}
