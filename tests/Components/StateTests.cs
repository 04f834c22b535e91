using System.Net;
using Resort.Tests.Sidecar;
using Resort.Tests.Sidecar.State;

namespace Resort.Tests.ComponentSets;

/// <summary>What services rely on in a state store: one record with its etag (<c>notification-store</c>), or several at once (<c>reservation-store</c>).</summary>
[Collection(SetCollection.Name)]
public sealed class StateTests(StartedSets sets)
{
    private const string App = "notification";
    private const string Store = "notification-store";

    public static TheoryData<string> Sets => SetTests.Here;

    [Theory, MemberData(nameof(Sets))]
    public Task Of_writers_with_one_etag_one_wins(string set) => sets.CheckAsync(set, "of many writers with one etag one wins", async on =>
    {
        var sidecar = await on.StartAsync(App);
        await sidecar.SaveAsync($$"""[{"key":"{{on.Own}}","value":0}]""", Store);
        var etag = (await sidecar.GetAsync(on.Own, Store)).ETag;

        var answers = await Task.WhenAll(Enumerable.Range(1, 20).Select(n => sidecar.SaveAsync($$"""[{"key":"{{on.Own}}","value":{{n}},"etag":"{{etag}}"}]""", Store)));

        answers.Count(answer => answer.Status == HttpStatusCode.NoContent).Should().Be(1);
        answers.Count(answer => answer.Status == HttpStatusCode.Conflict).Should().Be(19);
        (await sidecar.SendAsync(HttpMethod.Delete, $"{Store}/{on.Own}", null, etag)).Status.Should().Be(HttpStatusCode.Conflict);
    });

    [Theory, MemberData(nameof(Sets))]
    public Task Of_creators_one_wins(string set) => sets.CheckAsync(set, "of many creators with first-write one wins", async on =>
    {
        var sidecar = await on.StartAsync(App);

        var answers = await Task.WhenAll(Enumerable.Range(1, 20).Select(n => sidecar.SaveAsync($$"""[{"key":"{{on.Own}}","value":{{n}},"options":{"concurrency":"first-write"} }]""", Store)));

        answers.Count(answer => answer.Status == HttpStatusCode.NoContent).Should().Be(1);
    });

    [Theory, MemberData(nameof(Sets))]
    public Task Entries_expire(string set) => sets.CheckAsync(set, "an entry with a time to live goes away", async on =>
    {
        var sidecar = await on.StartAsync(App);
        await sidecar.SaveAsync($$"""[{"key":"{{on.Own}}","value":1,"metadata":{"ttlInSeconds":"4"} }]""", Store);
        (await sidecar.GetAsync(on.Own, Store)).Status.Should().Be(HttpStatusCode.OK);

        await Probe.UntilAsync("the entry to be gone", () => sidecar.GetAsync(on.Own, Store), answer => answer.Status == HttpStatusCode.NoContent);
    });

    [Theory, MemberData(nameof(Sets))]
    public Task Large_Unicode_values_stay(string set) => sets.CheckAsync(set, "large and Unicode values come back as they were", async on =>
    {
        var sidecar = await on.StartAsync(App);
        var text = string.Concat(Enumerable.Repeat("예약 ✓ 🏝 ", 100_000));

        await sidecar.SaveAsync($$"""[{"key":"예약-{{on.Own}}","value":"{{text}}"}]""", Store);

        (await sidecar.GetAsync(Uri.EscapeDataString($"예약-{on.Own}"), Store)).Body.Should().Be($"\"{text}\"");
    });

    [Theory, MemberData(nameof(Sets))]
    public Task Answered_writes_survive_a_crash(string set) => sets.CheckAsync(set, "what was answered for survives a crash of the servers", async on =>
    {
        var sidecar = await on.StartAsync(App);
        for (var n = 0; n < 50; n++) (await sidecar.SaveAsync($$$"""[{"key":"{{{on.Own}}}-{{{n}}}","value":{{{n}}}}]""", Store)).Status.Should().Be(HttpStatusCode.NoContent);

        await on.CrashServersAsync();

        await Probe.UntilAsync("the store to answer", () => sidecar.GetAsync($"{on.Own}-0", Store), answer => answer.Status == HttpStatusCode.OK);
        for (var n = 0; n < 50; n++) (await sidecar.GetAsync($"{on.Own}-{n}", Store)).Body.Should().Be($"{n}");
    });

    [Theory, MemberData(nameof(Sets))]
    public Task Transactions_roll_back(string set) => sets.CheckAsync(set, "a transaction is done as a whole or not at all (reservation-store)", async on =>
    {
        var sidecar = await on.StartAsync("reservation");
        await sidecar.SaveAsync($$"""[{"key":"{{on.Own}}-a","value":"old"},{"key":"{{on.Own}}-b","value":"old"}]""", "reservation-store");

        var refused = await sidecar.TransactAsync(
            $$$"""{"operation":"upsert","request":{"key":"{{{on.Own}}}-a","value":"new"}},{"operation":"upsert","request":{"key":"{{{on.Own}}}-b","value":"new","options":{"concurrency":"first-write"} } }""",
            "reservation-store/transaction");

        refused.Status.Should().Be(HttpStatusCode.InternalServerError);
        (await sidecar.GetAsync($"{on.Own}-a", "reservation-store")).Body.Should().Be("\"old\"");
        (await sidecar.GetAsync($"{on.Own}-b", "reservation-store")).Body.Should().Be("\"old\"");
    });

    [Theory, MemberData(nameof(Sets))]
    public Task Events_are_true_with_their_transaction(string set) => sets.CheckAsync(set, "events are published exactly with their transactions (issue-store)", async on =>
    {
        var sidecar = await on.StartAsync("issue", app => app.Subscribe(new { pubsubname = "pubsub", topic = "ticket-checked-in", route = "/events" }).On("/events"));

        for (var n = 0; n < 20; n++) (await TransactAsync(sidecar, $"{on.Own}-{n}")).Status.Should().Be(HttpStatusCode.NoContent);
        (await TransactAsync(sidecar, $"{on.Own}-0")).Status.Should().Be(HttpStatusCode.InternalServerError, "it is there already");

        List<string> Events() => [.. sidecar.App.Requests.Where(request => request.Path == "/events").Select(request => request.Json["data"]!.ToString()).Where(data => data.StartsWith(on.Own, StringComparison.Ordinal))];
        await Probe.UntilAsync("all events", () => Events().Distinct().Count() == 20);
        Events().Should().OnlyHaveUniqueItems();
    });

    private static Task<(HttpStatusCode Status, string Body)> TransactAsync(RunningSidecar sidecar, string key) => sidecar.TransactAsync(
        $$$"""{"operation":"upsert","request":{"key":"{{{key}}}","value":"{{{key}}}","contentType":"application/json","options":{"concurrency":"first-write"} } }""", "issue-store/transaction");
}
