using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Resort.Tests.Harness;

/// <summary>Someone who uses the public API at the gateway.</summary>
public sealed class Customer(Uri gateway) : IDisposable
{
    // headers in UTF-8, because a customer may send what is not allowed
    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false, MaxConnectionsPerServer = 256, RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8 }) { BaseAddress = gateway, Timeout = TimeSpan.FromSeconds(60) };

    /// <summary>A booking that is in order; tests change what they are about.</summary>
    public static JsonObject Order(string resort, DateOnly date, int nights = 1, int rooms = 1, string cardToken = "tok_ok") => new()
    {
        ["resort"] = resort,
        ["date"] = date.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
        ["nights"] = nights,
        ["rooms"] = rooms,
        ["persons"] = 1,
        ["name"] = "Kim Minji",
        ["phone"] = "010-1234-5678",
        ["paymenttype"] = "card",
        ["cardtoken"] = cardToken,
    };

    public static JsonObject TransferOrder(string resort, DateOnly date, int nights = 1)
    {
        var order = Order(resort, date, nights);
        order["paymenttype"] = "transfer";
        order.Remove("cardtoken");
        return order;
    }

    public Task<Answer> BookAsync(JsonObject order, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Post, "reservations", order.ToJsonString(), headers: headers);

    public Task<Answer> DepositAsync(string reservationId) => SendAsync(HttpMethod.Post, $"reservations/{reservationId}/deposit");

    public Task<Answer> CancelAsync(string reservationId) => SendAsync(HttpMethod.Delete, $"reservations/{reservationId}");

    public Task<Answer> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public async Task<Answer> SendAsync(HttpMethod method, string path, string? body = null, string contentType = "application/json", params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, contentType);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var response = await http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return new Answer(response.StatusCode, response.Content.Headers.ContentType?.MediaType, response.Headers.Location?.ToString(), text) { Headers = response.Headers };
    }

    /// <summary>The view of a reservation once it is as expected.</summary>
    public Task<JsonElement> ViewAsync(string reservationId, Func<JsonElement, bool> satisfied, TimeSpan? deadline = null) =>
        Probe.UntilAsync($"the view of {reservationId}", async () => await GetAsync($"views/{reservationId}") is { Status: HttpStatusCode.OK } found ? found.Json : default,
            view => view.ValueKind == JsonValueKind.Object && satisfied(view), deadline);

    /// <summary>The ledger of a phone number's points, oldest entry first.</summary>
    public async Task<IReadOnlyList<JsonElement>> PointsAsync(string phone)
    {
        List<JsonElement> all = [];
        for (var page = 0; ; page++)
        {
            var answer = (await GetAsync($"pointHistories/search/findByPhoneNumberOrderByCreateTime?phoneNumber={Uri.EscapeDataString(phone)}&page={page}&size=500")).Json;
            all.AddRange(answer.GetProperty("_embedded").GetProperty("pointHistories").EnumerateArray());
            if (page + 1 >= answer.GetProperty("page").GetProperty("totalPages").GetInt32()) return all;
        }
    }

    public void Dispose() => http.Dispose();
}

/// <summary>An answer of the gateway.</summary>
public sealed record Answer(HttpStatusCode Status, string? ContentType, string? Location, string Body)
{
    public HttpResponseHeaders? Headers { get; init; }

    public JsonElement Json => Body.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(Body);

    /// <summary>Where a link of the body leads; null when it is not offered.</summary>
    public string? Link(string name) => Json.GetProperty("_links").TryGetProperty(name, out var link) ? link.GetProperty("href").GetString() : null;

    /// <summary>A text field of the body, or null.</summary>
    public string? this[string field] => Json is { ValueKind: JsonValueKind.Object } json && json.TryGetProperty(field, out var value) ? value.ToString() : null;
}
