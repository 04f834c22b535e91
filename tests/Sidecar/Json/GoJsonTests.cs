using System.Text;
using System.Text.Json;
using Resort.Sidecar.Json;

namespace Resort.Tests.Sidecar.Json;

/// <summary>JSON that was decoded and encoded again by Go, which is how Dapr stores values; the expectations are recorded from Go or follow its documentation.</summary>
public sealed class GoJsonTests
{
    [Theory]
    [InlineData("1.0", "1")]
    [InlineData("42", "42")]
    [InlineData("-42", "-42")]
    [InlineData("-0", "-0")]
    [InlineData("0.0", "0")]
    [InlineData("1.50", "1.5")]
    [InlineData("0.1", "0.1")]
    [InlineData("100", "100")]
    [InlineData("1e2", "100")]
    [InlineData("12.34e1", "123.4")]
    [InlineData("1e21", "1e+21")]
    [InlineData("1e20", "100000000000000000000")]
    [InlineData("0.000001", "0.000001")]
    [InlineData("0.00000123", "0.00000123")]
    [InlineData("1e-7", "1e-7")]
    [InlineData("1.25e-10", "1.25e-10")]
    [InlineData("-1.5e300", "-1.5e+300")]
    [InlineData("3.14159265", "3.14159265")]
    [InlineData("9007199254740991", "9007199254740991")]
    [InlineData("9007199254740993", "9007199254740992")]
    [InlineData("123456789012345680000", "123456789012345680000")]
    [InlineData("5e-324", "5e-324")]
    public void A_number_goes_through_a_double(string json, string expected) => Normalized(json).Should().Be(expected);

    [Theory]
    [InlineData("""{"b":1,"a":2}""", """{"a":2,"b":1}""")]
    [InlineData("""{"a":1,"B":2,"_":3}""", """{"B":2,"_":3,"a":1}""")]
    [InlineData("""{"b":{"z":[{"y":1,"x":2}],"a":0},"a":[]}""", """{"a":[],"b":{"a":0,"z":[{"x":2,"y":1}]}}""")]
    [InlineData("""{"a":1,"b":2,"a":3}""", """{"a":3,"b":2}""")]
    [InlineData("""{"a":{"x":1},"a":{"y":2}}""", """{"a":{"y":2}}""")]
    [InlineData("""{"\u0062":1,"a":2}""", """{"a":2,"b":1}""")]
    [InlineData("""{"a\nb":1,"a":2,"a\tb":3}""", """{"a":2,"a\tb":3,"a\nb":1}""")]
    [InlineData("""{"예약":1,"a":2,"é":3}""", """{"a":2,"é":3,"예약":1}""")]
    [InlineData("""{ "a" : [ 1 , true , null ] , "b" : { } }""", """{"a":[1,true,null],"b":{}}""")]
    [InlineData("[]", "[]")]
    public void An_object_is_sorted_and_has_no_blanks(string json, string expected) => Normalized(json).Should().Be(expected);

    [Theory]
    [InlineData("\"<b>1 & 2</b>\"", """
        "\u003cb\u003e1 \u0026 2\u003c/b\u003e"
        """)]
    [InlineData("""
        "a\tb\u0001\"\\\/\b\f\n\r"
        """, """
        "a\tb\u0001\"\\/\b\f\n\r"
        """)]
    [InlineData("\"line\u2028end\u2029 “quoted”\"", """
        "line\u2028end\u2029 “quoted”"
        """)]
    [InlineData("""
        "\uc608\uc57d \uD83D\uDE00"
        """, "\"예약 😀\"")]
    [InlineData("""
        "\ud800 \udc00x \ud800\u0041"
        """, "\"\uFFFD \uFFFDx \uFFFDA\"")]
    [InlineData("""
        {"<":1}
        """, """
        {"\u003c":1}
        """)]
    public void Text_is_escaped_as_Go_does(string json, string expected) => Normalized(json).Should().Be(expected);

    [Fact]
    public void Bytes_that_are_no_UTF8_become_the_replacement_character()
    {
        byte[] json = [.. "\"a"u8, 0xFF, 0xFE, .. "b"u8, 0xE2, 0x80, .. "\""u8];
        Encoding.UTF8.GetString(GoJson.Normalize(json)).Should().Be("\"a\uFFFD\uFFFDb\uFFFD\uFFFD\"");
    }

    [Theory]
    [InlineData("1e400")]
    [InlineData("nonsense")]
    [InlineData("{\"a\":}")]
    [InlineData("[1,2")]
    [InlineData("")]
    [InlineData("\uFEFF1")]
    public void What_cannot_be_read_is_an_error(string json) => FluentActions.Invoking(() => Normalized(json)).Should().Throw<JsonException>();

    [Fact]
    public void Nesting_beyond_the_limit_is_an_error() =>
        FluentActions.Invoking(() => Normalized(new string('[', 100_000) + new string(']', 100_000))).Should().Throw<JsonException>();

    [Fact]
    public void A_normal_form_is_its_own_normal_form()
    {
        var json = $$"""{"rooms":[{{string.Join(',', Enumerable.Range(0, 500).Select(i => $$"""{"z":{{i}}.50,"a":"<{{i}}>","m":null}"""))}}]}""";
        var once = Normalized(json);
        Normalized(once).Should().Be(once);
        once.Should().StartWith("""{"rooms":[{"a":"\u003c0\u003e","m":null,"z":0.5},""");
    }

    private static string Normalized(string json) => Encoding.UTF8.GetString(GoJson.Normalize(Encoding.UTF8.GetBytes(json)));
}
