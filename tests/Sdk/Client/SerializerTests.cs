using System.Text.Json;
using Dapr.Common.Serialization;

namespace Resort.Tests.Sdk.Client;

public class SerializerTests
{
    private readonly JsonDaprSerializer serializer = new();

    [Fact]
    public void Null_is_the_empty_string_and_back()
    {
        serializer.Serialize<string?>(null).Should().BeEmpty();
        serializer.Serialize(null, typeof(string)).Should().BeEmpty();
        serializer.Deserialize<int>("").Should().Be(0);
        serializer.Deserialize("", TypeKnownLater(1)).Should().BeNull();
        serializer.Deserialize<string>(null).Should().BeNull();
    }

    [Fact]
    public void An_object_is_serialized_by_its_own_type()
    {
        object room = new Room { Name = "101" };
        serializer.Serialize(room, inputType: null).Should().Be("""{"name":"101","beds":0}""");
        serializer.Deserialize<Room>("""{"NAME":"102","beds":"3"}""").Should().BeEquivalentTo(new Room { Name = "102", Beds = 3 });
        serializer.Deserialize("""{"name":"102"}""", TypeKnownLater(room)).Should().BeEquivalentTo(new Room { Name = "102" });
    }

    [Fact]
    public void Given_options_count() =>
        new JsonDaprSerializer(new JsonSerializerOptions()).Serialize(new Room { Name = "101", Beds = 2 }).Should().Be("""{"Name":"101"}""");

    [Fact]
    public void Missing_arguments_are_told()
    {
        ((Func<object>)(() => new JsonDaprSerializer(null!))).Should().Throw<ArgumentNullException>();
        ((Action)(() => serializer.Deserialize("1", null!))).Should().Throw<ArgumentNullException>();
    }

    private static Type TypeKnownLater(object value) => value.GetType();

    private sealed class Room
    {
        public int Beds;

        public string? Name { get; set; }
    }
}
