using Resort.Defaults.Domain;

namespace Resort.Points.Domain;

/// <summary>
/// The awards by reservation and the accounts by their id that one group of commands is about. Later commands see what earlier ones decided.
/// </summary>
public sealed class PointsPage(IReadOnlyDictionary<string, Entry<Award>> awards, IReadOnlyDictionary<string, Entry<Account>> accounts)
{
    private readonly List<(string AccountId, LedgerEntry Entry)> added = [];

    public Award Award(string reservationId) => awards[reservationId].Value ?? new() { ReservationId = reservationId };

    public Account Account(string phone) => accounts[Domain.Account.Id(phone)].Value ?? Domain.Account.Open(phone);

    public void Put(Award award) => awards[award.ReservationId].Set(award);

    public void Add(string phone, LedgerEntry entry)
    {
        var id = Domain.Account.Id(phone);
        accounts[id].Set(Account(phone) with { Balance = entry.Balance, Entries = entry.Number + 1 });
        added.Add((id, entry));
    }

    public bool IsChanged => ChangedAwards.Any();

    public IEnumerable<(string ReservationId, Entry<Award> Entry)> ChangedAwards => awards.Where(a => a.Value.Changed).Select(a => (a.Key, a.Value));

    public IEnumerable<(string Id, Entry<Account> Entry)> ChangedAccounts => accounts.Where(a => a.Value.Changed).Select(a => (a.Key, a.Value));

    public IReadOnlyList<(string AccountId, LedgerEntry Entry)> Added => added;
}
