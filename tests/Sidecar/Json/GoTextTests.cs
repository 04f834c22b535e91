using System.Text;
using Resort.Sidecar.Json;

namespace Resort.Tests.Sidecar.Json;

/// <summary>Values as Go prints them.</summary>
public sealed class GoTextTests
{
    [Theory]
    [InlineData("\"hello\"", "hello")]
    [InlineData("null", "<nil>")]
    [InlineData("true", "true")]
    [InlineData("12", "12")]
    [InlineData("2.5", "2.5")]
    [InlineData("100000", "100000")]
    [InlineData("1000000", "1e+06")]
    [InlineData("123456789", "1.23456789e+08")]
    [InlineData("0.0001", "0.0001")]
    [InlineData("0.00001", "1e-05")]
    [InlineData("-1e100", "-1e+100")]
    [InlineData("""{"b":1,"a":["x",null,true]}""", "map[a:[x <nil> true] b:1]")]
    [InlineData("""[1,2.5,"z",{},[]]""", "[1 2.5 z map[] []]")]
    [InlineData("\"<\\u0041>\"", "<A>")]
    public void A_value_is_printed(string json, string expected) =>
        Encoding.UTF8.GetString(GoText.Of(GoJson.Normalize(Encoding.UTF8.GetBytes(json)))).Should().Be(expected);
}
