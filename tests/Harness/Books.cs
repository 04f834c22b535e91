using System.Globalization;
using System.Net;
using System.Text.Json;

namespace Resort.Tests.Harness;

/// <summary>
/// Checks, through the public API, that when all is quiet the books balance: every reservation in a final state, money taken exactly for what is
/// confirmed, a ticket and points exactly for what is confirmed, rooms sold exactly as confirmed and never above capacity, the read model equal to
/// the owners. <paramref name="points"/> is false where Points does not run.
/// </summary>
public sealed class Books(Uri gateway, bool points = true)
{
    private static readonly string[] confirmed = ["Confirmed", "CheckedIn"];
    private static readonly string[] final = [.. confirmed, "Rejected", "Cancelled"];
    private readonly List<string> errors = [];

    /// <summary>The errors found. Owners are asked about <paramref name="sample"/> reservations (all, if null); sums are over all.</summary>
    public async Task<IReadOnlyList<string>> CheckAsync(int? sample = null, TimeSpan? quietWithin = null)
    {
        using var customer = new Customer(gateway);
        var views = await Probe.UntilAsync("every reservation is in a final state", () => AllViewsAsync(customer),
            all => all.All(view => final.Contains(view.Text("reservationstatus")) && !IsMoving(view)), quietWithin ?? TimeSpan.FromSeconds(60));
        foreach (var view in views) CheckView(view);
        var step = sample is { } size ? Math.Max(1, views.Count / size) : 1;
        for (var i = 0; i < views.Count; i += step) await CheckOwnersAsync(customer, views[i]);
        await CheckRoomsAsync(customer, views);
        if (points) errors.AddRange(await PointsBooks.CheckAsync(customer, views));
        return errors;
    }

    /// <summary>
    /// What follows a final state by itself a moment later: points, and refund and cancelled ticket after Cancelled or Rejected. Events of different
    /// topics have no order between them, so the view may hear of a confirmation before it hears of the payment and the ticket.
    /// </summary>
    private bool IsMoving(JsonElement view) => IsConfirmed(view)
        ? view.Text("paymentstatus") is null || view.Text("issuestatus") is null || (points && !view.TryGetProperty("points", out _))
        : view.Text("paymentstatus") is "Paid" || view.Text("issuestatus") is "Issued" || view.Text("pointsstatus") is "Earned" or "Restored";

    private void CheckView(JsonElement view)
    {
        var (id, status) = (view.Text("reservationid"), view.Text("reservationstatus"));
        var confirmed = IsConfirmed(view);
        if (confirmed != (view.Text("paymentstatus") == "Paid")) errors.Add($"{id} is {status}, its payment {view.Text("paymentstatus")}");
        if (confirmed != (view.Text("issuestatus") == (status == "CheckedIn" ? "CheckedIn" : "Issued"))) errors.Add($"{id} is {status}, its ticket {view.Text("issuestatus")}");
    }

    private async Task CheckOwnersAsync(Customer customer, JsonElement view)
    {
        await CheckOwnerAsync(customer, view, "reservations", "reservationid", "reservationstatus");
        await CheckOwnerAsync(customer, view, "payments", "paymentid", "paymentstatus");
        await CheckOwnerAsync(customer, view, "issueds", "issuedid", "issuestatus");
    }

    private async Task CheckOwnerAsync(Customer customer, JsonElement view, string collection, string idField, string statusField)
    {
        if (view.Text(idField) is not { Length: > 0 } id) return;
        var owner = await customer.GetAsync($"{collection}/{id}");
        if (owner.Status != HttpStatusCode.OK || owner[statusField] != view.Text(statusField))
            errors.Add($"{collection}/{id}: the owner says {(owner.Status == HttpStatusCode.OK ? owner[statusField] : owner.Status)}, the view {view.Text(statusField)}");
    }

    private async Task CheckRoomsAsync(Customer customer, List<JsonElement> views)
    {
        var capacity = (await customer.GetAsync("resorts?size=500")).Json.GetProperty("_embedded").GetProperty("resorts").EnumerateArray()
            .ToDictionary(resort => resort.GetProperty("id").GetString()!, resort => resort.GetProperty("defaultcapacity").GetInt32());
        var sold = new Dictionary<(string Resort, string Date), int>();
        foreach (var view in views)
            for (var night = 0; night < Number(view, "nights"); night++)
            {
                var date = DateOnly.Parse(view.Text("date")!, CultureInfo.InvariantCulture).AddDays(night).ToString("O", CultureInfo.InvariantCulture);
                var key = (view.Text("resortid")!, date);
                sold[key] = sold.GetValueOrDefault(key) + (IsConfirmed(view) ? Number(view, "rooms") : 0);
            }
        foreach (var ((resort, date), rooms) in sold)
        {
            var free = (await customer.GetAsync($"resorts/{resort}/availability?date={date}&nights=1")).Json.GetProperty("free").GetInt32();
            if (capacity[resort] - free != rooms) errors.Add($"{resort} on {date}: {capacity[resort] - free} rooms taken, {rooms} confirmed");
            if (rooms > capacity[resort]) errors.Add($"{resort} on {date}: {rooms} rooms sold of {capacity[resort]}");
        }
    }

    private static async Task<List<JsonElement>> AllViewsAsync(Customer customer)
    {
        List<JsonElement> all = [];
        for (var page = 0; ; page++)
        {
            var answer = (await customer.GetAsync($"views?page={page}&size=500")).Json;
            all.AddRange(answer.GetProperty("_embedded").GetProperty("views").EnumerateArray());
            if (page + 1 >= answer.GetProperty("page").GetProperty("totalPages").GetInt32()) return all;
        }
    }

    internal static bool IsConfirmed(JsonElement view) => confirmed.Contains(view.Text("reservationstatus"));

    private static int Number(JsonElement view, string field) => view.GetProperty(field).GetInt32();
}
