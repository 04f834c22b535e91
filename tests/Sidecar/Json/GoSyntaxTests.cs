using System.Text;
using Resort.Sidecar.Json;

namespace Resort.Tests.Sidecar.Json;

/// <summary>What Go says of texts that are no JSON.</summary>
public sealed class GoSyntaxTests
{
    [Theory]
    [InlineData("", "EOF")]
    [InlineData(" \n", "EOF")]
    [InlineData("not json", "invalid character 'o' in literal null (expecting 'u')")]
    [InlineData("oops", "invalid character 'o' looking for beginning of value")]
    [InlineData("\0", @"invalid character '\x00' looking for beginning of value")]
    [InlineData("ï", "invalid character 'Ã' looking for beginning of value")]
    [InlineData("{\"a\":1", "unexpected EOF")]
    [InlineData("tru", "unexpected EOF")]
    [InlineData("{a:1}", "invalid character 'a' looking for beginning of object key string")]
    [InlineData("{\"a\":1,}", "invalid character '}' looking for beginning of object key string")]
    [InlineData("{\"a\" 1}", "invalid character '1' after object key")]
    [InlineData("{\"a\":1 \"b\":2}", "invalid character '\"' after object key:value pair")]
    [InlineData("[1,]", "invalid character ']' looking for beginning of value")]
    [InlineData("[1 2]", "invalid character '2' after array element")]
    [InlineData("[01]", "invalid character '1' after array element")]
    [InlineData("-x", "invalid character 'x' in numeric literal")]
    [InlineData("1.x", "invalid character 'x' after decimal point in numeric literal")]
    [InlineData("1e+x", "invalid character 'x' in exponent of numeric literal")]
    [InlineData("\"a\nb\"", @"invalid character '\n' in string literal")]
    [InlineData("\"\\q\"", "invalid character 'q' in string escape code")]
    [InlineData("\"\\u00g0\"", @"invalid character 'g' in \u hexadecimal character escape")]
    public void A_problem_has_the_words_of_Go(string text, string problem) => GoSyntax.Problem(Encoding.UTF8.GetBytes(text)).Should().Be(problem);

    [Theory]
    [InlineData("""{"a":[1,-2.5e+10,"\u00e9\"",true,false,null,{}],"b":{"c":[]}} and what follows""")]
    [InlineData("1")]
    public void A_value_has_none(string text) => GoSyntax.Problem(Encoding.UTF8.GetBytes(text)).Should().BeNull();

    [Fact]
    public void Nesting_beyond_the_limit_is_no_danger() => GoSyntax.Problem(Encoding.UTF8.GetBytes(new string('[', 1_000_000))).Should().Be("exceeded max depth");
}
