namespace Resort.Contracts.Events;

public sealed record PaymentPaid : ResortEvent, IPublished
{
    public static string Topic => Topics.PaymentPaid;
    public required string PaymentId { get; init; }
    public required long Cost { get; init; }
    public required Stay Stay { get; init; }
}

public sealed record PaymentDeclined : ResortEvent, IPublished
{
    public static string Topic => Topics.PaymentDeclined;
    public required string PaymentId { get; init; }
    public required long Cost { get; init; }
    public required string Reason { get; init; }
}

public sealed record PaymentAwaitingDeposit : ResortEvent, IPublished
{
    public static string Topic => Topics.PaymentAwaitingDeposit;
    public required string PaymentId { get; init; }
    public required long Cost { get; init; }
    public required DateTimeOffset DepositDeadline { get; init; }
    public required Stay Stay { get; init; }
}

public sealed record PaymentRefunded : ResortEvent, IPublished
{
    public static string Topic => Topics.PaymentRefunded;
    public required string PaymentId { get; init; }
    public required long Cost { get; init; }
}

public sealed record PaymentVoided : ResortEvent, IPublished
{
    public static string Topic => Topics.PaymentVoided;
    public required string PaymentId { get; init; }
}
