using Dapr.Client;
using Resort.Contracts;
using Resort.Defaults;
using Resort.Points.Domain;

namespace Resort.Points;

/// <summary>
/// Awards, accounts and the entries of their ledgers. They are written together, in one transaction, so what was heard of an award and what it did
/// to the account cannot differ.
/// </summary>
public sealed class PointsStore(DaprClient dapr, ILogger<PointsStore> logger)
{
    public Task<Account?> FindAsync(string phone, CancellationToken cancel) =>
        dapr.GetStateAsync<Account?>(Components.PointsStore, AccountKey(Account.Id(phone)), cancellationToken: cancel);

    /// <summary>The entries of an account from the one of this number on.</summary>
    public async Task<IReadOnlyList<LedgerEntry>> LedgerAsync(Account account, int from, int count, CancellationToken cancel)
    {
        var id = Account.Id(account.Phone);
        string[] keys = [.. Enumerable.Range(from, Math.Clamp(account.Entries - from, 0, count)).Select(number => EntryKey(id, number))];
        if (keys.Length == 0)
            return [];
        var records = await dapr.GetRecordsAsync(Components.PointsStore, keys, cancel);
        return [.. keys.Select(key => records.Entry<LedgerEntry>(key).Value!)];
    }

    /// <param name="reservationIds">The awards to be read, with the accounts they are on.</param>
    /// <param name="phones">Whose accounts are wanted in any case.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task<PointsPage> ReadAsync(IEnumerable<string> reservationIds, IEnumerable<string> phones, CancellationToken cancel)
    {
        var reservations = reservationIds.ToHashSet();
        var accounts = phones.Select(Account.Id).ToHashSet();
        var records = await dapr.GetRecordsAsync(Components.PointsStore, [.. reservations.Select(AwardKey), .. accounts.Select(AccountKey)], cancel);
        var awards = reservations.ToDictionary(id => id, id => records.Entry<Award>(AwardKey(id)));
        var entries = accounts.ToDictionary(id => id, id => records.Entry<Account>(AccountKey(id)));

        var others = awards.Values.Select(award => award.Value?.Phone).OfType<string>().Select(Account.Id).Except(accounts).ToList();
        if (others.Count > 0)
        {
            records = await dapr.GetRecordsAsync(Components.PointsStore, [.. others.Select(AccountKey)], cancel);
            foreach (var id in others)
                entries.Add(id, records.Entry<Account>(AccountKey(id)));
        }
        return new(awards, entries);
    }

    public async Task<bool> TryWriteAsync(PointsPage page, CancellationToken cancel) => !page.IsChanged || await dapr.TryExecuteAsync(Components.PointsStore,
        [
            .. page.ChangedAwards.Select(award => StateTransactions.Upsert(AwardKey(award.ReservationId), award.Entry.Value!, award.Entry.ETag)),
            .. page.ChangedAccounts.Select(account => StateTransactions.Upsert(AccountKey(account.Id), account.Entry.Value!, account.Entry.ETag)),
            .. page.Added.Select(added => StateTransactions.Upsert(EntryKey(added.AccountId, added.Entry.Number), added.Entry)),
        ],
        logger, cancel);

    private static string AwardKey(string reservationId) => $"award:{reservationId}";

    private static string AccountKey(string id) => $"account:{id}";

    private static string EntryKey(string accountId, int number) => $"entry:{accountId}:{number}";
}
