using System.Reflection;
using System.Text.Json;
using Resort.Contracts;
using Resort.Contracts.Events;
using Resort.Defaults;

namespace Resort.Tests.Unit.Defaults;

/// <summary>What others read: names of topics and fields.</summary>
public class WireNamesTests
{
    public static TheoryData<Type> Events => [.. typeof(ResortEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(ResortEvent)))];

    [Theory]
    [MemberData(nameof(Events))]
    public void A_topic_is_the_name_of_its_event_in_kebab_case(Type type) =>
        type.GetProperty(nameof(IPublished.Topic), BindingFlags.Public | BindingFlags.Static)!.GetValue(null)
            .Should().Be(JsonNamingPolicy.KebabCaseLower.ConvertName(type.Name));

    [Fact]
    public void Fields_are_lower_case_and_statuses_are_words()
    {
        var paid = new PaymentPaid { EventId = "p:PaymentPaid", ReservationId = "r", CorrelationId = "c", PaymentId = "p", Cost = 1, Stay = Orders.Stay() };

        var json = JsonSerializer.SerializeToElement(paid, WireJson.Options);

        json.EnumerateObject().Select(field => field.Name)
            .Should().BeEquivalentTo("eventid", "reservationid", "version", "time", "correlationid", "paymentid", "cost", "stay");
        JsonSerializer.Serialize(RejectionReason.SoldOut, WireJson.Options).Should().Be("\"sold_out\"");
        json.Deserialize<PaymentPaid>(WireJson.Options).Should().Be(paid);
    }

    [Fact]
    public void An_event_without_its_id_cannot_be_read()
    {
        const string json = """{"reservationid":"r","paymentid":"p","time":"2026-11-21T00:00:00Z","correlationid":"c"}""";

        var read = () => JsonSerializer.Deserialize<PaymentVoided>(json, WireJson.Options);

        read.Should().Throw<JsonException>().WithMessage("*eventid*");
    }
}
