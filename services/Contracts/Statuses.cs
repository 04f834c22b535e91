using System.Text.Json.Serialization;

namespace Resort.Contracts;

[JsonConverter(typeof(JsonStringEnumConverter<ReservationStatus>))]
public enum ReservationStatus { Requested, Held, AwaitingDeposit, Paid, Confirmed, CheckedIn, Rejected, Cancelling, Cancelled }

[JsonConverter(typeof(JsonStringEnumConverter<PaymentStatus>))]
public enum PaymentStatus { Requested, AwaitingDeposit, Paid, Declined, Voided, Refunded }

[JsonConverter(typeof(JsonStringEnumConverter<IssueStatus>))]
public enum IssueStatus { Issued, CheckedIn, Cancelled }

[JsonConverter(typeof(JsonStringEnumConverter<PointsType>))]
public enum PointsType { Earned, Reversed, Restored }

[JsonConverter(typeof(JsonStringEnumConverter<PaymentType>))]
public enum PaymentType
{
    [JsonStringEnumMemberName("card")] Card,
    [JsonStringEnumMemberName("transfer")] Transfer,
}

[JsonConverter(typeof(JsonStringEnumConverter<RejectionReason>))]
public enum RejectionReason
{
    [JsonStringEnumMemberName("sold_out")] SoldOut,
    [JsonStringEnumMemberName("payment_declined")] PaymentDeclined,
    [JsonStringEnumMemberName("payment_unavailable")] PaymentUnavailable,
    [JsonStringEnumMemberName("deposit_expired")] DepositExpired,
}
