using System.Security.Cryptography;
using System.Text;

namespace Resort.Defaults.Domain;

/// <summary>
/// Ids that follow from the reservation id: a repeated step makes the same id, and a look-up needs no index.
/// The time bits stay, the others come from a hash, so it is still a version 7 GUID.
/// </summary>
public static class DerivedId
{
    private const string Readable = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; // Crockford's: no I, L, O, U

    public static string Payment(string reservationId) => Of(reservationId, "payment").ToString();

    public static string Issue(string reservationId) => Of(reservationId, "issue").ToString();

    /// <summary>Twelve characters, 60 bits, to be read aloud.</summary>
    public static string TicketNumber(string reservationId)
    {
        var hash = Hash(reservationId, "ticket");
        var letters = string.Concat(hash.Take(12).Select(b => Readable[b & 31]));
        return $"{letters[..4]}-{letters[4..8]}-{letters[8..]}";
    }

    private static Guid Of(string reservationId, string purpose)
    {
        Span<byte> id = stackalloc byte[16];
        Guid.Parse(reservationId).TryWriteBytes(id, bigEndian: true, out _);
        Hash(reservationId, purpose).AsSpan(0, 10).CopyTo(id[6..]);
        id[6] = (byte)(id[6] & 0x0F | 0x70); // version 7
        id[8] = (byte)(id[8] & 0x3F | 0x80); // RFC 9562 variant
        return new Guid(id, bigEndian: true);
    }

    private static byte[] Hash(string reservationId, string purpose) => SHA256.HashData(Encoding.UTF8.GetBytes($"{purpose}:{reservationId}"));
}
