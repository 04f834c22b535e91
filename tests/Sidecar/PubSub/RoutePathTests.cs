using Resort.Sidecar.PubSub.Delivery;

namespace Resort.Tests.Sidecar.PubSub;

public sealed class RoutePathTests
{
    [Theory]
    [InlineData("bare/path", "/bare/path")]
    [InlineData("/q?x=1&y=two", "/q?x=1&y=two")]
    [InlineData("//double", "/double")]
    [InlineData("/trail/", "/trail")]
    [InlineData("/sp ace", "/sp%20ace")]
    [InlineData("/pct%20x", "/pct%20x")]
    [InlineData("http://127.0.0.1:1/abs", "/http:/127.0.0.1:1/abs")]
    [InlineData("/", "/")]
    [InlineData("", "/")]
    [InlineData("/up/../x", "/x")]
    [InlineData("/../x/./y", "/x/y")]
    [InlineData("/a#fragment", "/a")]
    [InlineData("/a?q=주 문", "/a?q=%EC%A3%BC%20%EB%AC%B8")]
    [InlineData("/주문", "/%EC%A3%BC%EB%AC%B8")]
    public void A_route_is_a_path_from_the_root(string route, string path) => RoutePath.Normalize(route).Should().Be(path);
}
