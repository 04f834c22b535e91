namespace Resort.Tests.EndToEnd;

/// <summary><c>make demo</c>.</summary>
public class DemoTests
{
    [Fact]
    public Task The_tour_goes_as_expected() => Tour.RunAsync();
}
