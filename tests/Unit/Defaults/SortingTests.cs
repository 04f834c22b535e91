using Microsoft.Extensions.Primitives;
using Resort.Defaults;

namespace Resort.Tests.Unit.Defaults;

public class SortingTests
{
    private static readonly string[] fields = ["cost", "name"];

    [Fact]
    public void Several_fields_count_in_their_order_ascending_unless_said_otherwise() =>
        Read(out _, "name", "cost,desc", "name,desc").Should().Equal(new Sorting("name", false), new Sorting("cost", true));

    [Theory]
    [InlineData("needs", "\"needs\" is no field")]
    [InlineData("Timeline,asc", "\"Timeline\" is no field")]
    [InlineData("", "\"\" is no field")]
    [InlineData("cost,up", "cost is sorted by \"up\"")]
    [InlineData("cost,desc,asc", "cost is sorted by \"desc,asc\"")]
    [InlineData("cost;DROP TABLE Views", "is no field")]
    public void What_cannot_be_sorted_by_is_named(string asked, string complaint)
    {
        Read(out var errors, "name", asked);

        errors["sort"].Should().ContainSingle().Which.Should().Contain(complaint);
    }

    private static IReadOnlyList<Sorting> Read(out Dictionary<string, string[]> errors, params string[] asked) =>
        Sorting.Read(new StringValues(asked), fields, errors = []);
}
