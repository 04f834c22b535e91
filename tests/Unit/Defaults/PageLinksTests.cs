using Microsoft.AspNetCore.Http;
using Resort.Defaults;

namespace Resort.Tests.Unit.Defaults;

public class PageLinksTests
{
    private static readonly Paging third = new(Number: 2, Size: 5);

    [Fact]
    public void Each_page_leads_to_the_others_and_keeps_what_else_was_asked_for()
    {
        var links = PageLinks.Of(Asked("?sort=cost,desc&page=2&sort=name&phone=010%201234"), third.Of(24));

        links.ToDictionary(link => link.Key, link => link.Value.Href).Should().BeEquivalentTo(new Dictionary<string, string>
        {
            ["self"] = "/views?sort=cost,desc&sort=name&page=2&phone=010%201234",
            ["first"] = "/views?sort=cost,desc&sort=name&phone=010%201234&page=0",
            ["prev"] = "/views?sort=cost,desc&sort=name&phone=010%201234&page=1",
            ["next"] = "/views?sort=cost,desc&sort=name&phone=010%201234&page=3",
            ["last"] = "/views?sort=cost,desc&sort=name&phone=010%201234&page=4",
        });
    }

    [Theory]
    [InlineData(0, 24, "self first next last")]
    [InlineData(4, 24, "self first prev last")]
    [InlineData(0, 5, "self first last")]
    [InlineData(0, 0, "self first last")]
    public void Prev_and_next_are_there_where_there_is_such_a_page(int number, int total, string expected) =>
        string.Join(' ', PageLinks.Of(Asked(""), (third with { Number = number }).Of(total)).Keys).Should().Be(expected);

    [Fact]
    public void Beyond_the_end_prev_is_the_last_page() =>
        PageLinks.Of(Asked("?page=90"), (third with { Number = 90 }).Of(24))["prev"].Href.Should().Be("/views?page=4");

    private static HttpRequest Asked(string query)
    {
        var request = new DefaultHttpContext().Request;
        request.Path = "/views";
        request.QueryString = new(query);
        return request;
    }
}
