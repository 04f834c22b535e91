using System.Text.Json;

namespace Resort.Tests.Harness;

/// <summary>Checks the points: every account is the sum of its ledger, every reservation brought a tenth of its cost once or nothing, and the views say so.</summary>
internal static class PointsBooks
{
    public static async Task<IEnumerable<string>> CheckAsync(Customer customer, IReadOnlyCollection<JsonElement> views)
    {
        var errors = new List<string>();
        foreach (var guest in views.Where(view => view.Text("phone") is { Length: > 0 }).GroupBy(view => Digits(view.Text("phone")!)))
        {
            var phone = guest.First().Text("phone")!;
            var account = await customer.GetAsync($"points/search/findByPhoneNumber?phoneNumber={Uri.EscapeDataString(phone)}");
            var balance = account.Status == System.Net.HttpStatusCode.OK ? account.Json.GetProperty("balance").GetInt64() : 0;
            var ledger = await customer.PointsAsync(phone);
            if (ledger.Sum(entry => Number(entry, "delta")) != balance) errors.Add($"{phone} has {balance} points, its ledger says {ledger.Sum(entry => Number(entry, "delta"))}");
            var running = 0L;
            foreach (var entry in ledger)
                if (Number(entry, "balance") != (running += Number(entry, "delta"))) errors.Add($"{entry.Text("eventid")}: the balance afterwards should be {running}");
            var entries = ledger.ToLookup(entry => entry.Text("reservationid"));
            foreach (var view in guest) errors.AddRange(Check(view, [.. entries[view.Text("reservationid")]]));
        }
        return errors;
    }

    private static IEnumerable<string> Check(JsonElement view, IReadOnlyList<JsonElement> entries)
    {
        var id = view.Text("reservationid");
        var (due, kept) = (Books.IsConfirmed(view) ? Number(view, "cost") / 10 : 0, entries.Sum(entry => Number(entry, "delta")));
        if (kept != due) yield return $"{id} is {view.Text("reservationstatus")} and brought {kept} points instead of {due}";
        if (view.TryGetProperty("points", out var shown) && shown.GetInt64() != kept) yield return $"{id} brought {kept} points, its view says {shown}";
        if (entries.Count(entry => entry.Text("type") == "Earned") > 1) yield return $"{id} has earned points twice";
    }

    private static string Digits(string phone) => string.Concat(phone.Where(char.IsAsciiDigit));

    private static long Number(JsonElement json, string field) => json.GetProperty(field).GetInt64();
}
