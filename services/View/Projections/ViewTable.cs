using System.Data;
using System.Data.Common;
using Resort.Contracts;
using Resort.View.Database;
using static Resort.View.Database.Times;

namespace Resort.View.Projections;

/// <summary>A <see cref="ViewRow"/> as columns. Whenever they change, the table is made anew from the log (<see cref="ViewSchema"/>).</summary>
internal static class ViewTable
{
    private static readonly (string Name, DbType Type, Func<ViewRow, object?> Value)[] columns =
    [
        (nameof(ViewRow.ReservationId), DbType.String, row => row.ReservationId),
        (nameof(ViewRow.ReservationStatus), DbType.String, row => row.ReservationStatus.ToString()),
        (nameof(ViewRow.Reason), DbType.String, row => row.Reason?.ToString()),
        (nameof(ViewRow.PaymentStatus), DbType.String, row => row.PaymentStatus?.ToString()),
        (nameof(ViewRow.IssueStatus), DbType.String, row => row.IssueStatus?.ToString()),
        (nameof(ViewRow.PointsStatus), DbType.String, row => row.PointsStatus?.ToString()),
        (nameof(ViewRow.Points), DbType.Int64, row => row.Points),
        (nameof(ViewRow.PaymentId), DbType.String, row => row.PaymentId),
        (nameof(ViewRow.IssuedId), DbType.String, row => row.IssuedId),
        (nameof(ViewRow.TicketNumber), DbType.String, row => row.TicketNumber),
        (nameof(ViewRow.PaymentType), DbType.String, row => row.PaymentType?.ToString()),
        (nameof(ViewRow.Cost), DbType.Int64, row => row.Cost),
        (nameof(ViewRow.DepositDeadline), DbType.String, row => Text(row.DepositDeadline)),
        (nameof(ViewRow.ResortId), DbType.String, row => row.ResortId),
        (nameof(ViewRow.Resort), DbType.String, row => row.Resort),
        (nameof(ViewRow.Region), DbType.String, row => row.Region),
        (nameof(ViewRow.Date), DbType.String, row => Text(row.Date)),
        (nameof(ViewRow.Nights), DbType.Int64, row => (long?)row.Nights),
        (nameof(ViewRow.Rooms), DbType.Int64, row => (long?)row.Rooms),
        (nameof(ViewRow.Persons), DbType.Int64, row => (long?)row.Persons),
        (nameof(ViewRow.Name), DbType.String, row => row.Name),
        (nameof(ViewRow.Phone), DbType.String, row => row.Phone),
        (nameof(ViewRow.Email), DbType.String, row => row.Email),
        (nameof(ViewRow.Needs), DbType.String, row => row.Needs),
        (nameof(ViewRow.Timeline), DbType.String, row => row.Timeline),
    ];

    /// <summary>What stands behind <c>INSERT INTO Views …</c> so that a row takes the place of the one with its id.</summary>
    public static readonly string OrReplace =
        $"ON CONFLICT ({nameof(ViewRow.ReservationId)}) DO UPDATE SET {string.Join(", ", columns.Select(column => $"{column.Name} = excluded.{column.Name}"))}";

    public static string Create(ViewDatabase database, string table) =>
        $"CREATE {table} ({string.Join(", ", columns.Select(column => $"{column.Name} {(column.Type is DbType.Int64 ? "BIGINT" : database.Text)}"))}, PRIMARY KEY ({nameof(ViewRow.ReservationId)}))";

    /// <summary>A statement that is executed with the <see cref="Values"/> of a row.</summary>
    public static Task<Statement> PreparePutAsync(WriterConnection connection, string table) => connection.PrepareAsync(
        $"INSERT INTO {table} ({string.Join(", ", columns.Select(column => column.Name))}) VALUES ({string.Join(", ", columns.Select(column => $"@{column.Name}"))}) {OrReplace}",
        [.. columns.Select(column => ($"@{column.Name}", column.Type))]);

    public static object?[] Values(ViewRow row) => Array.ConvertAll(columns, column => column.Value(row));

    public static ViewRow Read(DbDataReader row) => new()
    {
        ReservationId = row.TextOrNull(nameof(ViewRow.ReservationId))!,
        ReservationStatus = Enum<ReservationStatus>(row, nameof(ViewRow.ReservationStatus))!.Value,
        Reason = Enum<RejectionReason>(row, nameof(ViewRow.Reason)),
        PaymentStatus = Enum<PaymentStatus>(row, nameof(ViewRow.PaymentStatus)),
        IssueStatus = Enum<IssueStatus>(row, nameof(ViewRow.IssueStatus)),
        PointsStatus = Enum<PointsType>(row, nameof(ViewRow.PointsStatus)),
        Points = row.NumberOrNull(nameof(ViewRow.Points)),
        PaymentId = row.TextOrNull(nameof(ViewRow.PaymentId)),
        IssuedId = row.TextOrNull(nameof(ViewRow.IssuedId)),
        TicketNumber = row.TextOrNull(nameof(ViewRow.TicketNumber)),
        PaymentType = Enum<PaymentType>(row, nameof(ViewRow.PaymentType)),
        Cost = row.NumberOrNull(nameof(ViewRow.Cost)),
        DepositDeadline = ReadTime(row.TextOrNull(nameof(ViewRow.DepositDeadline))),
        ResortId = row.TextOrNull(nameof(ViewRow.ResortId)),
        Resort = row.TextOrNull(nameof(ViewRow.Resort)),
        Region = row.TextOrNull(nameof(ViewRow.Region)),
        Date = ReadDay(row.TextOrNull(nameof(ViewRow.Date))),
        Nights = (int?)row.NumberOrNull(nameof(ViewRow.Nights)),
        Rooms = (int?)row.NumberOrNull(nameof(ViewRow.Rooms)),
        Persons = (int?)row.NumberOrNull(nameof(ViewRow.Persons)),
        Name = row.TextOrNull(nameof(ViewRow.Name)),
        Phone = row.TextOrNull(nameof(ViewRow.Phone)),
        Email = row.TextOrNull(nameof(ViewRow.Email)),
        Needs = row.TextOrNull(nameof(ViewRow.Needs)),
        Timeline = row.TextOrNull(nameof(ViewRow.Timeline))!,
    };

    public static T? Enum<T>(DbDataReader row, string column) where T : struct, Enum => row.TextOrNull(column) is { } name ? System.Enum.Parse<T>(name) : null;
}
