using Microsoft.AspNetCore.Http;
using Resort.Defaults;

namespace Resort.Tests.Unit.Defaults;

public class ETagTests
{
    private static readonly Thing thing = new("ticket", 7);
    private static readonly string tag = ETags.Of(thing).ToString();

    [Theory]
    [InlineData("{0}")]
    [InlineData("W/{0}")]
    [InlineData("\"other\", {0}")]
    [InlineData("*")]
    public async Task Who_has_it_already_is_told_so_without_a_body(string known)
    {
        var response = await GetAsync(string.Format(null, known, tag));

        response.StatusCode.Should().Be(304);
        response.Headers.ETag.ToString().Should().Be(tag);
        response.Body.Length.Should().Be(0);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"other\"")]
    [InlineData("no tag")]
    public async Task Who_has_another_one_gets_it(string known)
    {
        var response = await GetAsync(known);

        response.StatusCode.Should().Be(200);
        response.ContentLength.Should().Be(response.Body.Length);
    }

    [Fact]
    public void The_tag_changes_with_the_resource() => ETags.Of(thing with { Number = 8 }).Should().NotBe(ETags.Of(thing));

    [Theory]
    [InlineData("", true)]
    [InlineData("*", true)]
    [InlineData("\"other\", {0}", true)]
    [InlineData("W/{0}", false)]
    [InlineData("\"other\"", false)]
    [InlineData("no tag", false)]
    public void A_change_is_made_only_to_what_it_is_meant_for(string ifMatch, bool may)
    {
        var request = new DefaultHttpContext().Request;
        if (ifMatch.Length > 0)
            request.Headers.IfMatch = string.Format(null, ifMatch, tag);

        ETags.MayChange(request, thing).Should().Be(may);
    }

    private static async Task<HttpResponse> GetAsync(string known)
    {
        var context = new DefaultHttpContext { Request = { Method = "GET" }, Response = { Body = new MemoryStream() } };
        if (known.Length > 0)
            context.Request.Headers.IfNoneMatch = known;
        await Hal.Resource(thing).ExecuteAsync(context);
        return context.Response;
    }

    private sealed record Thing(string Name, int Number);
}
