using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Resort.Defaults;

namespace Resort.Tests.Unit.Defaults;

public class RequestHeaderTests
{
    private readonly HttpRequest request = new DefaultHttpContext().Request;
    private readonly Dictionary<string, string[]> errors = [];

    [Theory]
    [InlineData("respond-async", true)]
    [InlineData("Respond-Async, wait=10", true)]
    [InlineData("return=minimal, respond-async; a=b", true)]
    [InlineData("return=minimal", false)]
    [InlineData("respond-async=no", false)]
    [InlineData("", false)]
    public void A_preference_is_found_among_others(string header, bool asked)
    {
        request.Headers["Prefer"] = header;

        Prefer.Asks(request, Prefer.RespondAsync).Should().Be(asked);
    }

    [Theory]
    [InlineData("return=minimal")]
    [InlineData("return = \"minimal\"")]
    public void A_preference_may_have_a_value(string header)
    {
        request.Headers["Prefer"] = new StringValues(["wait=1", header]);

        Prefer.Asks(request, "return=minimal").Should().BeTrue();
    }

    [Theory]
    [InlineData("return=minimal", 201, true)]
    [InlineData("return=minimal", 402, false)]
    [InlineData("return=representation", 201, false)]
    public void A_success_is_shortened_if_that_is_wished_for(string header, int status, bool shortened)
    {
        request.Headers["Prefer"] = header;
        var answer = TypedResults.Json("everything", statusCode: status);

        ReferenceEquals(Prefer.Shortened(request.HttpContext, answer), answer).Should().Be(!shortened);
        request.HttpContext.Response.Headers["Preference-Applied"].Should().Equal(shortened ? ["return=minimal"] : []);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("8e03978e-40d5-43e8-bc93-6894a57f9324")]
    [InlineData("\"quoted || and spaced\"")]
    public void A_key_is_any_printable_text(string key)
    {
        request.Headers[IdempotencyKey.Header] = key;

        IdempotencyKey.Read(request, errors).Should().Be(key);
        errors.Should().BeEmpty();
    }

    public static TheoryData<string> BadKeys => new("", "schlüssel", "키", "tab\there", new string('k', 256));

    [Theory]
    [MemberData(nameof(BadKeys))]
    public void A_bad_key_is_named_by_its_header(string key)
    {
        request.Headers[IdempotencyKey.Header] = key;

        IdempotencyKey.Read(request, errors).Should().BeNull();
        errors.Keys.Should().Equal(IdempotencyKey.Header);
    }

    [Fact]
    public void Without_the_header_there_is_no_key_and_nothing_wrong()
    {
        IdempotencyKey.Read(request, errors).Should().BeNull();
        errors.Should().BeEmpty();
    }

    [Fact]
    public void Requests_that_say_the_same_have_one_fingerprint()
    {
        IdempotencyRecords.Fingerprint(Orders.Order()).Should().Be(IdempotencyRecords.Fingerprint(Orders.Order()));
        IdempotencyRecords.Fingerprint(Orders.Order()).Should().NotBe(IdempotencyRecords.Fingerprint(Orders.Order(rooms: 2)));
    }
}
