using System.Diagnostics;
using System.Text;
using Resort.Tests.Harness;
using static Resort.Tests.EndToEnd.SystemFixture;

namespace Resort.Tests.EndToEnd;

/// <summary>One correlation id and one W3C trace go with a request through everything it sets off.</summary>
[Collection(SystemCollection.Name)]
public sealed class CorrelationTests(SystemFixture fixture)
{
    // at the same time, so that their events share batches and must not be taken for each other
    private const int Requests = 20;

    [Fact]
    public async Task A_booking_and_its_cancellation_can_be_followed_through_the_log_of_every_service()
    {
        var day = InDays(50);
        var bookings = await Task.WhenAll(Enumerable.Range(0, Requests).Select(async n =>
        {
            var request = new Correlated($"booking-{n}", ActivityTraceId.CreateRandom().ToHexString());
            var answer = await SendAsync(HttpMethod.Post, "reservations", request, Customer.Order("jeju-ocean", day).ToJsonString());
            return (Request: request, Id: answer["reservationid"]!);
        }));
        foreach (var (request, id) in bookings)
        {
            await fixture.Customer.ViewAsync(id, view => view.Text("reservationstatus") == "Confirmed");
            await FoundInEveryLogAsync(request);
        }

        var cancellation = new Correlated("cancellation-1", ActivityTraceId.CreateRandom().ToHexString());
        await SendAsync(HttpMethod.Delete, $"reservations/{bookings[0].Id}", cancellation);
        await FoundInEveryLogAsync(cancellation);

        var traces = bookings.Select(booking => booking.Request).Append(cancellation).ToList();
        foreach (var line in fixture.System.Log.Split('\n'))
            if (traces.Find(request => line.Contains($"({request.CorrelationId})", StringComparison.Ordinal) || line.Contains($"\"{request.CorrelationId}\"", StringComparison.Ordinal)) is { } found)
                line.Should().Contain(found.TraceId);
    }

    [Fact]
    public async Task A_request_without_a_correlation_id_is_given_one_also_when_it_fails()
    {
        using var client = new HttpClient();
        using var answer = await client.GetAsync(new Uri(fixture.System.Gateway, "reservations/nowhere"));
        var id = answer.Headers.GetValues("x-correlation-id").Should().ContainSingle().Subject;
        Guid.Parse(id).Version.Should().Be(7);
        (await answer.Content.ReadAsStringAsync()).Should().Contain($"\"correlationid\":\"{id}\"");
    }

    private async Task<Answer> SendAsync(HttpMethod method, string path, Correlated correlated, string? body = null)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(method, new Uri(fixture.System.Gateway, path));
        request.Headers.Add("x-correlation-id", correlated.CorrelationId);
        request.Headers.Add("traceparent", $"00-{correlated.TraceId}-00f067aa0ba902b7-01");
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await client.SendAsync(request);
        answer.IsSuccessStatusCode.Should().BeTrue(await answer.Content.ReadAsStringAsync());
        answer.Headers.GetValues("x-correlation-id").Should().Equal(correlated.CorrelationId);
        return new(answer.StatusCode, null, null, await answer.Content.ReadAsStringAsync());
    }

    private async Task FoundInEveryLogAsync(Correlated request) => await Probe.UntilAsync(
        $"{request.CorrelationId} in the log of every service",
        () => Task.FromResult(string.Join(", ", fixture.System.Apps.Keys.Where(app => !IsInLog(app, request)))), missing => missing.Length == 0);

    private bool IsInLog(string app, Correlated request) => fixture.System.Log.Split('\n').Any(line =>
        line.StartsWith($"== APP - {app} ==", StringComparison.Ordinal)
        && line.Contains(request.CorrelationId, StringComparison.Ordinal) && line.Contains(request.TraceId, StringComparison.Ordinal));

    private sealed record Correlated(string CorrelationId, string TraceId);
}
