using System.Net;
using System.Text;

namespace Resort.Tests.Sidecar.State;

public sealed class SaveTests
{
    [Theory, MemberData(nameof(StateCalls.Types), MemberType = typeof(StateCalls))]
    public async Task A_value_comes_back_as_Go_writes_it(string type)
    {
        await using var sidecar = await SidecarFixture.OneAsync(StateCalls.Store(type));

        (await sidecar.SaveAsync("""[{"key":"k","value":{ "b": 1.0, "a": "<b>" }},{"key":"text","value":"x"},{"key":"nothing"}]""")).Status.Should().Be(HttpStatusCode.NoContent);

        (await sidecar.GetAsync("k")).Body.Should().Be("""{"a":"\u003cb\u003e","b":1}""");
        (await sidecar.GetAsync("text")).Body.Should().Be("\"x\"");
        (await sidecar.GetAsync("nothing")).Body.Should().Be("null");
    }

    [Theory, MemberData(nameof(StateCalls.Types), MemberType = typeof(StateCalls))]
    public async Task A_missing_key_is_204_without_body_and_etag(string type)
    {
        await using var sidecar = await SidecarFixture.OneAsync(StateCalls.Store(type));

        (await sidecar.GetAsync("ghost")).Should().Be(new StateAnswer(HttpStatusCode.NoContent, "", null, null));
        (await sidecar.DeleteAsync("ghost")).Status.Should().Be(HttpStatusCode.NoContent);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData(" [ ] ")]
    [InlineData("""[{"key":"a","value":1}] and more""")]
    [InlineData("""[{"KEY":"a","VALUE":1,"unknown":{"deep":[1]}}]""")]
    [InlineData("""[{"key":"a","value":1,"etag":null,"options":null,"metadata":null}]""")]
    [InlineData("""[{"key":"a","value":1,"etag":"","options":{"concurrency":"","consistency":""}}]""")]
    public async Task A_body_that_Dapr_reads_is_read(string body)
    {
        await using var sidecar = await SidecarFixture.OneAsync(StateCalls.Store("state.in-memory"));

        (await sidecar.SaveAsync(body)).Should().Be((HttpStatusCode.NoContent, ""));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("{}")]
    [InlineData("\"text\"")]
    [InlineData("""[{"key":"a","value":1}""")]
    [InlineData("""["a"]""")]
    [InlineData("[null]")]
    [InlineData("""[{"key":5,"value":1}]""")]
    [InlineData("""[{"key":"","value":1}]""")]
    [InlineData("""[{"key":"a","value":1},{"value":2}]""")]
    [InlineData("""[{"key":"a","value":1,"etag":7}]""")]
    [InlineData("""[{"key":"a","value":1,"options":"strong"}]""")]
    [InlineData("""[{"key":"a","value":1,"metadata":{"ttlInSeconds":60}}]""")]
    [InlineData("""[{"key":"a","value":1e999}]""")]
    [InlineData("""[{"key":"a||b","value":1},{"key":"a","value":1}]""")]
    public async Task A_malformed_body_is_a_400_and_saves_nothing(string body)
    {
        await using var sidecar = await SidecarFixture.OneAsync(StateCalls.Store("state.in-memory"));

        var (status, error) = await sidecar.SaveAsync(body);

        status.Should().Be(HttpStatusCode.BadRequest);
        error.Code().Should().Be("ERR_MALFORMED_REQUEST");
        error.Message().Should().NotBeEmpty();
        (await sidecar.GetAsync("a")).Status.Should().Be(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Nesting_without_end_is_a_400()
    {
        await using var sidecar = await SidecarFixture.OneAsync(StateCalls.Store("state.in-memory"));

        (await sidecar.SaveAsync($$"""[{"key":"a","value":{{new string('[', 100_000)}}""")).Status.Should().Be(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Bytes_that_are_no_UTF8_become_the_replacement_character()
    {
        await using var sidecar = await SidecarFixture.OneAsync(StateCalls.Store("state.in-memory"));
        using var body = new ByteArrayContent([.. """[{"key":"k","value":"a"""u8, 0xFF, .. "\"}]"u8]);

        (await sidecar.Http.PostAsync("/v1.0/state/store", body)).StatusCode.Should().Be(HttpStatusCode.NoContent);

        (await sidecar.GetAsync("k")).Body.Should().Be("\"a\uFFFD\"");
    }

    [Theory, MemberData(nameof(StateCalls.Types), MemberType = typeof(StateCalls))]
    public async Task A_large_value_is_kept_and_a_body_above_the_limit_refused(string type)
    {
        await using var sidecar = await SidecarFixture.OneAsync(StateCalls.Store(type));
        var value = new string('x', 1 << 20);

        (await sidecar.SaveAsync($$"""[{"key":"big","value":"{{value}}"}]""")).Status.Should().Be(HttpStatusCode.NoContent);
        var (status, error) = await sidecar.SaveAsync($$"""[{"key":"big","value":"{{new string('y', 4 << 20)}}"}]""");

        (await sidecar.GetAsync("big")).Body.Should().Be($"\"{value}\"");
        (status, error.Code(), error.Message()).Should().Be((HttpStatusCode.BadRequest, "ERR_MALFORMED_REQUEST", "stream too large"));
    }

    [Theory, MemberData(nameof(StateCalls.Types), MemberType = typeof(StateCalls))]
    public async Task Keys_are_kept_as_given_and_asked_for_percent_encoded(string type)
    {
        await using var sidecar = await SidecarFixture.OneAsync(StateCalls.Store(type));
        string[] keys = ["a b", "a/b", "a+b", "예약-1", "a%2Fb", "q?x=1&y=2", "hash#1", "A", "bulk", new string('k', 1000)];

        foreach (var key in keys) (await sidecar.SaveAsync($$"""[{"key":"{{key}}","value":"{{key}}"}]""")).Status.Should().Be(HttpStatusCode.NoContent);

        foreach (var key in keys) (await sidecar.GetAsync(Uri.EscapeDataString(key))).Body.Should().Be($"\"{key.Replace("&", "\\u0026", StringComparison.Ordinal)}\"");
        (await sidecar.GetAsync("a+b")).Body.Should().Be("\"a b\"", "a plus in a path is a blank");
    }

    [Fact]
    public async Task Saves_at_the_same_time_are_all_there()
    {
        await using var sidecar = await SidecarFixture.OneAsync(StateCalls.Store("state.sqlite"));

        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => sidecar.SaveAsync($$"""[{"key":"k{{i}}","value":{{i}}}]""")));

        answers.Should().AllSatisfy(answer => answer.Status.Should().Be(HttpStatusCode.NoContent));
        var (_, bulk) = await sidecar.SendAsync(HttpMethod.Post, "store/bulk", $$"""{"keys":[{{string.Join(',', Enumerable.Range(0, 200).Select(i => $"\"k{i}\""))}}]}""");
        Encoding.UTF8.GetByteCount(bulk).Should().BeGreaterThan(0);
        bulk.Split("\"data\":").Should().HaveCount(201);
    }
}
