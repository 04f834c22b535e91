using System.Text.Json;

namespace Resort.Sidecar.Json;

/// <summary>
/// Writes one value in its normal form, token by token in the order of the text. An object whose keys turn out not to be sorted is put in order
/// when it ends.
/// </summary>
internal sealed class GoJsonEncoder
{
    private readonly ByteBuffer output = new();
    private readonly List<Member> members = []; // of the objects that are still open

    public byte[] Encode(ref Utf8JsonReader reader)
    {
        output.Truncate(0);
        members.Clear();
        Value(ref reader);
        return output.ToArray();
    }

    private void Value(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject: Object(ref reader); break;
            case JsonTokenType.StartArray: Array(ref reader); break;
            case JsonTokenType.Number: GoNumber.Write(reader.ValueSpan, output); break;
            case JsonTokenType.String: GoJsonText.Write(reader.ValueSpan, reader.ValueIsEscaped, output); break;
            default: output.Append(reader.ValueSpan); break; // true, false, null
        }
    }

    private void Array(ref Utf8JsonReader reader)
    {
        output.Append((byte)'[');
        for (var first = true; reader.Read() && reader.TokenType != JsonTokenType.EndArray; first = false)
        {
            if (!first) output.Append((byte)',');
            Value(ref reader);
        }
        output.Append((byte)']');
    }

    private void Object(ref Utf8JsonReader reader)
    {
        var (mine, sorted) = (members.Count, true);
        output.Append((byte)'{');
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            if (members.Count > mine) output.Append((byte)',');
            var start = output.Length;
            GoJsonText.Write(reader.ValueSpan, reader.ValueIsEscaped, output);
            var keyEnd = output.Length;
            output.Append((byte)':');
            reader.Read();
            Value(ref reader);
            members.Add(new Member(start, keyEnd, output.Length));
            sorted = sorted && (members.Count == mine + 1 || CompareKeys(members[^2], members[^1]) < 0);
        }
        if (!sorted) Sort(mine);
        members.RemoveRange(mine, members.Count - mine);
        output.Append((byte)'}');
    }

    private void Sort(int mine)
    {
        var own = members[mine..];
        var begin = own[0].Start;
        own.Sort((left, right) => CompareKeys(left, right) is var order and not 0 ? order : left.Start - right.Start);
        var ordered = new ByteBuffer();
        for (var i = 0; i < own.Count; i++)
        {
            if (i + 1 < own.Count && CompareKeys(own[i], own[i + 1]) == 0) continue; // the last of equal keys counts
            if (ordered.Length > 0) ordered.Append((byte)',');
            ordered.Append(output.Slice(own[i].Start, own[i].End));
        }
        output.Truncate(begin);
        output.Append(ordered.Slice(0, ordered.Length));
    }

    private int CompareKeys(Member left, Member right) =>
        GoJsonText.Compare(output.Slice(left.Start + 1, left.KeyEnd - 1), output.Slice(right.Start + 1, right.KeyEnd - 1));

    /// <summary>Where a member of an object lies in the output: its key with the quotes, and its end.</summary>
    private readonly record struct Member(int Start, int KeyEnd, int End);
}
