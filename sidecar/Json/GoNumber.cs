using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Resort.Sidecar.Json;

/// <summary>Numbers as Go writes them after they went through a double: <c>1.0</c> is <c>1</c>, <c>1e21</c> is <c>1e+21</c>, <c>-0</c> stays.</summary>
internal static class GoNumber
{
    /// <summary>Whole numbers up to this many digits are the same before and after.</summary>
    private const int SafeDigits = 15;

    /// <summary>Writes a number, given as it stands in valid JSON.</summary>
    /// <exception cref="JsonException">It is beyond a double.</exception>
    public static void Write(ReadOnlySpan<byte> raw, ByteBuffer output)
    {
        if (raw.Length <= SafeDigits && raw[0] != '-' && !raw.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            output.Append(raw);
            return;
        }
        var number = double.Parse(raw, CultureInfo.InvariantCulture);
        if (double.IsInfinity(number)) throw new JsonException($"the number {Encoding.UTF8.GetString(raw)} is beyond a 64-bit float");
        Write(number, smallest: -6, largest: 20, exponentDigits: 1, output);
    }

    /// <summary>Writes a number as Go prints it with <c>%v</c>: <c>1000000</c> is <c>1e+06</c>.</summary>
    public static void Print(ReadOnlySpan<byte> raw, ByteBuffer output) =>
        Write(double.Parse(raw, CultureInfo.InvariantCulture), smallest: -4, largest: 5, exponentDigits: 2, output);

    /// <summary>Without an exponent if its own lies between <paramref name="smallest"/> and <paramref name="largest"/>.</summary>
    private static void Write(double number, int smallest, int largest, int exponentDigits, ByteBuffer output)
    {
        if (double.IsNegative(number)) output.Append((byte)'-');
        Span<byte> digits = stackalloc byte[32];
        var (count, point) = Decompose(Math.Abs(number), digits);
        digits = digits[..count];
        if (point - 1 < smallest || point - 1 > largest) Exponential(digits, point - 1, exponentDigits, output);
        else if (point <= 0) // 0.00123
        {
            output.Append("0."u8);
            Zeros(-point, output);
            output.Append(digits);
        }
        else if (point >= count) // 12300
        {
            output.Append(digits);
            Zeros(point - count, output);
        }
        else
        {
            output.Append(digits[..point]);
            output.Append((byte)'.');
            output.Append(digits[point..]);
        }
    }

    private static void Exponential(ReadOnlySpan<byte> digits, int exponent, int exponentDigits, ByteBuffer output)
    {
        output.Append(digits[0]);
        if (digits.Length > 1)
        {
            output.Append((byte)'.');
            output.Append(digits[1..]);
        }
        output.Append(exponent < 0 ? "e-"u8 : "e+"u8);
        Span<byte> text = stackalloc byte[4];
        Math.Abs(exponent).TryFormat(text, out var length, exponentDigits == 1 ? "D1" : "D2", CultureInfo.InvariantCulture);
        output.Append(text[..length]);
    }

    /// <summary>The fewest digits that mean this number, and where its decimal point stands among them: 0.00123 is 123 at -2.</summary>
    private static (int Count, int Point) Decompose(double number, Span<byte> digits)
    {
        Span<byte> text = stackalloc byte[32];
        number.TryFormat(text, out var length, "R", CultureInfo.InvariantCulture);
        text = text[..length];
        var exponent = 0;
        if (text.IndexOf((byte)'E') is var e and >= 0)
        {
            exponent = int.Parse(text[(e + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            text = text[..e];
        }
        var (count, whole, seenPoint) = (0, 0, false);
        foreach (var c in text)
            if (c == '.') seenPoint = true;
            else
            {
                if (!seenPoint) whole++;
                digits[count++] = c;
            }
        var leading = digits[..count].IndexOfAnyExcept((byte)'0');
        if (leading < 0) return (1, 1); // zero
        var trailing = count - 1 - digits[..count].LastIndexOfAnyExcept((byte)'0');
        digits[leading..count].CopyTo(digits);
        return (count - leading - trailing, whole - leading + exponent);
    }

    private static void Zeros(int count, ByteBuffer output)
    {
        while (count-- > 0) output.Append((byte)'0');
    }
}
