using System.Net;

namespace Resort.Tests.Sidecar.State;

public sealed class EtagTests
{
    [Theory, MemberData(nameof(StateCalls.Types), MemberType = typeof(StateCalls))]
    public async Task The_current_etag_is_accepted_once(string type)
    {
        await using var sidecar = await SidecarFixture.OneAsync(StateCalls.Store(type));
        await sidecar.SaveAsync("""[{"key":"k","value":1}]""");
        var etag = (await sidecar.GetAsync("k")).ETag;

        (await sidecar.SaveAsync($$"""[{"key":"k","value":2,"etag":"{{etag}}"}]""")).Status.Should().Be(HttpStatusCode.NoContent);
        var (status, error) = await sidecar.SaveAsync($$"""[{"key":"k","value":3,"etag":"{{etag}}"}]""");

        (status, error.Code()).Should().Be((HttpStatusCode.Conflict, "ERR_STATE_SAVE"));
        error.Message().Should().StartWith("failed saving state in state store store: possible etag mismatch. error from state store");
        (await sidecar.GetAsync("k")).Body.Should().Be("2");
    }

    [Theory]
    [InlineData("state.in-memory", "never", "last-write", HttpStatusCode.Conflict)]
    [InlineData("state.sqlite", "never", "last-write", HttpStatusCode.Conflict)]
    [InlineData("state.in-memory", "", "first-write", HttpStatusCode.Conflict)]
    [InlineData("state.sqlite", "", "first-write", HttpStatusCode.Conflict)]
    [InlineData("state.in-memory", "", "last-write", HttpStatusCode.NoContent)]
    [InlineData("state.sqlite", "", "", HttpStatusCode.NoContent)]
    [InlineData("state.sqlite", "", "sometimes", HttpStatusCode.InternalServerError)]
    public async Task An_existing_key_is_overwritten_as_etag_and_concurrency_say(string type, string etag, string concurrency, HttpStatusCode expected)
    {
        await using var sidecar = await SidecarFixture.OneAsync(StateCalls.Store(type));
        await sidecar.SaveAsync("""[{"key":"k","value":1}]""");

        (await sidecar.SaveAsync($$$"""[{"key":"k","value":2,"etag":"{{{etag}}}","options":{"concurrency":"{{{concurrency}}}"}}]""")).Status.Should().Be(expected);

        (await sidecar.GetAsync("k")).Body.Should().Be(expected == HttpStatusCode.NoContent ? "2" : "1");
    }

    [Theory, MemberData(nameof(StateCalls.Types), MemberType = typeof(StateCalls))]
    public async Task A_new_key_takes_first_write_and_no_etag(string type)
    {
        await using var sidecar = await SidecarFixture.OneAsync(StateCalls.Store(type));

        (await sidecar.SaveAsync("""[{"key":"k","value":1,"etag":"1"}]""")).Status.Should().Be(HttpStatusCode.Conflict);
        (await sidecar.SaveAsync("""[{"key":"k","value":1,"options":{"concurrency":"first-write"}}]""")).Status.Should().Be(HttpStatusCode.NoContent);
    }

    [Theory, MemberData(nameof(StateCalls.Types), MemberType = typeof(StateCalls))]
    public async Task A_delete_with_another_etag_is_409_and_deletes_nothing(string type)
    {
        await using var sidecar = await SidecarFixture.OneAsync(StateCalls.Store(type));
        await sidecar.SaveAsync("""[{"key":"k","value":1}]""");
        var etag = (await sidecar.GetAsync("k")).ETag!;

        var (status, error) = await sidecar.DeleteAsync("k", $"\"{etag}\"");
        (status, error.Code()).Should().Be((HttpStatusCode.Conflict, "ERR_STATE_DELETE"), "the etag is taken as it is, quotes included");
        (await sidecar.DeleteAsync("k", etag)).Status.Should().Be(HttpStatusCode.NoContent);
        (await sidecar.DeleteAsync("k", etag)).Status.Should().Be(HttpStatusCode.Conflict, "the key is gone");
    }

    [Theory]
    [InlineData("state.in-memory", HttpStatusCode.Conflict)]
    [InlineData("state.sqlite", HttpStatusCode.NoContent)]
    public async Task A_first_write_delete_without_etag_differs_by_store(string type, HttpStatusCode expected)
    {
        await using var sidecar = await SidecarFixture.OneAsync(StateCalls.Store(type));
        await sidecar.SaveAsync("""[{"key":"k","value":1}]""");

        (await sidecar.SendAsync(HttpMethod.Delete, "store/k?concurrency=first-write", null)).Status.Should().Be(expected);
    }

    [Theory]
    [InlineData("concurrency")]
    [InlineData("consistency")]
    public async Task An_unknown_option_is_a_500_of_a_delete(string option)
    {
        await using var sidecar = await SidecarFixture.OneAsync(StateCalls.Store("state.sqlite"));

        var (status, error) = await sidecar.SendAsync(HttpMethod.Delete, $"store/k?{option}=sometimes", null);

        (status, error.Message()).Should().Be((HttpStatusCode.InternalServerError, $"failed deleting state with key k: unrecognized {option} model 'sometimes'"));
    }

    [Theory, MemberData(nameof(StateCalls.Types), MemberType = typeof(StateCalls))]
    public async Task Items_beside_a_refused_one_are_saved(string type)
    {
        await using var sidecar = await SidecarFixture.OneAsync(StateCalls.Store(type));
        await sidecar.SaveAsync("""[{"key":"b","value":1}]""");

        var (status, error) = await sidecar.SaveAsync("""[{"key":"a","value":2},{"key":"b","value":2,"etag":"99"},{"key":"c","value":2}]""");

        status.Should().Be(HttpStatusCode.Conflict);
        error.Message().Should().StartWith("failed saving state in state store store: possible etag mismatch. error from state store: possible etag mismatch. error from state store");
        (await sidecar.GetAsync("a")).Body.Should().Be("2");
        (await sidecar.GetAsync("b")).Body.Should().Be("1");
        (await sidecar.GetAsync("c")).Body.Should().Be("2");
    }

    [Fact]
    public async Task Beside_another_failure_an_etag_decides_the_status()
    {
        await using var sidecar = await SidecarFixture.OneAsync(StateCalls.Store("state.sqlite"));

        var (status, error) = await sidecar.SaveAsync("""[{"key":"a","value":1,"metadata":{"ttlInSeconds":"soon"}},{"key":"b","value":1,"etag":"9"}]""");

        (status, error.Message()).Should().Be((HttpStatusCode.Conflict, "failed saving state in state store store: possible etag mismatch. error from state store"));
    }

    [Theory, MemberData(nameof(StateCalls.Types), MemberType = typeof(StateCalls))]
    public async Task Of_many_saves_with_one_etag_one_wins(string type)
    {
        await using var sidecar = await SidecarFixture.OneAsync(StateCalls.Store(type));
        await sidecar.SaveAsync("""[{"key":"k","value":0}]""");
        var etag = (await sidecar.GetAsync("k")).ETag;

        var answers = await Task.WhenAll(Enumerable.Range(1, 50).Select(i => sidecar.SaveAsync($$"""[{"key":"k","value":{{i}},"etag":"{{etag}}"}]""")));

        answers.Count(answer => answer.Status == HttpStatusCode.NoContent).Should().Be(1);
        answers.Count(answer => answer.Status == HttpStatusCode.Conflict).Should().Be(49);
    }
}
