using System.Net;
using Resort.Tests.Harness;

namespace Resort.Tests.Demo;

/// <summary>The scenes of the tour.</summary>
internal sealed class Tour(ResortSystem system, Report report)
{
    private const string Resort = "jeju-ocean";
    private const string Small = "jirisan-hermitage";
    private const string Phone = "010-1234-5678";
    private static readonly DateOnly day = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(30);

    public async Task BookAndCancelAsync()
    {
        report.Scene("A booking, its ticket and its points; cancelled, the money comes back");
        var id = await BookAsync();
        await report.ViewAsync(id, ("reservationstatus", "Confirmed"), ("paymentstatus", "Paid"), ("issuestatus", "Issued"), ("pointsstatus", "Earned"));
        await BalanceIsAsync("26000");
        await report.AskAsync(HttpMethod.Delete, $"reservations/{id}", HttpStatusCode.Accepted);
        await report.ViewAsync(id, ("reservationstatus", "Cancelled"), ("paymentstatus", "Refunded"), ("issuestatus", "Cancelled"), ("pointsstatus", "Reversed"));
        await BalanceIsAsync("0");
    }

    public async Task SoldOutAsync()
    {
        report.Scene("Sold out");
        await report.AskAsync(HttpMethod.Post, "reservations", HttpStatusCode.Created, Order(Small, rooms: 10));
        await report.AskAsync(HttpMethod.Get, $"resorts/{Small}/availability?date={day:O}&nights=1", HttpStatusCode.OK);
        await RejectedAsync(HttpStatusCode.Conflict, "sold_out", Order(Small));
    }

    public async Task DeclinedAsync()
    {
        report.Scene("The card is declined");
        await RejectedAsync(HttpStatusCode.PaymentRequired, "payment_declined", Order(Resort, cardToken: "tok_declined"));
    }

    public async Task DepositInTimeAsync()
    {
        report.Scene("A transfer: the rooms are held until the deposit");
        var id = await TransferAsync();
        await report.AskAsync(HttpMethod.Post, $"reservations/{id}/deposit", HttpStatusCode.Accepted);
        await report.ViewAsync(id, ("reservationstatus", "Confirmed"), ("paymentstatus", "Paid"), ("issuestatus", "Issued"));
    }

    public async Task DepositTooLateAsync()
    {
        report.Scene("A transfer whose deposit does not come in time (here three seconds; usually half an hour)");
        var id = await TransferAsync();
        await report.ViewAsync(id, ("reservationstatus", "Rejected"), ("reason", "deposit_expired"), ("paymentstatus", "Voided"));
        await report.AskAsync(HttpMethod.Post, $"reservations/{id}/deposit", HttpStatusCode.Conflict);
    }

    public async Task RefusedCancellationAsync()
    {
        report.Scene("A guest who checks in while his cancellation is under way: it is refused, and his points come back");
        var id = await BookAsync();
        var view = await report.ViewAsync(id, ("reservationstatus", "Confirmed"), ("pointsstatus", "Earned"));
        Report.Note("Points stops answering, so the cancellation waits before it gets to the ticket");
        var points = await system.ProcessIdAsync("points");
        await ResortSystem.SignalAsync("STOP", points);
        await report.AskAsync(HttpMethod.Delete, $"reservations/{id}", HttpStatusCode.Accepted);
        await report.ViewAsync(id, ("reservationstatus", "Cancelling"));
        await report.AskAsync(HttpMethod.Post, $"issueds/{Report.Text(view, "issuedid")}/check-in", HttpStatusCode.OK);
        Report.Note("Points goes on");
        await ResortSystem.SignalAsync("CONT", points);
        await report.ViewAsync(id, ("reservationstatus", "CheckedIn"), ("issuestatus", "CheckedIn"), ("paymentstatus", "Paid"), ("pointsstatus", "Restored"));
        await report.AskAsync(HttpMethod.Delete, $"reservations/{id}", HttpStatusCode.Conflict);
    }

    public async Task IssueDownAndBackAsync()
    {
        report.Scene("Issue is down: a booking is paid all the same, and gets its ticket when Issue is back");
        Report.Note("Issue stops answering");
        var issue = await system.ProcessIdAsync("issue");
        await ResortSystem.SignalAsync("STOP", issue);
        var id = await BookAsync();
        await report.ViewAsync(id, ("reservationstatus", "Paid"), ("paymentstatus", "Paid"), ("issuestatus", ""));
        Report.Note("Issue is back");
        await ResortSystem.SignalAsync("CONT", issue);
        await report.ViewAsync(id, ("reservationstatus", "Confirmed"), ("issuestatus", "Issued"));
    }

    private async Task<string> BookAsync() => (await report.AskAsync(HttpMethod.Post, "reservations", HttpStatusCode.Created, Order(Resort)))["reservationid"]!;

    private async Task<string> TransferAsync()
    {
        var id = (await report.AskAsync(HttpMethod.Post, "reservations", HttpStatusCode.Accepted, Order(Resort, paymentType: "transfer")))["reservationid"]!;
        await report.ViewAsync(id, ("reservationstatus", "AwaitingDeposit"), ("paymentstatus", "AwaitingDeposit"));
        return id;
    }

    private async Task RejectedAsync(HttpStatusCode status, string reason, string order)
    {
        var answer = await report.AskAsync(HttpMethod.Post, "reservations", status, order);
        await report.ViewAsync(answer["reservationid"]!, ("reservationstatus", "Rejected"), ("reason", reason));
    }

    private async Task BalanceIsAsync(string balance)
    {
        var account = await report.AskAsync(HttpMethod.Get, $"points/search/findByPhoneNumber?phoneNumber={Phone}", HttpStatusCode.OK);
        if (account["balance"] != balance) throw new SurpriseException($"the balance is {account["balance"]}, not {balance}");
    }

    private static string Order(string resort, int rooms = 1, string paymentType = "card", string cardToken = "tok_ok")
    {
        var order = Customer.Order(resort, day, rooms: rooms, cardToken: cardToken);
        (order["phone"], order["paymenttype"]) = (Phone, paymentType);
        if (paymentType != "card") order.Remove("cardtoken");
        return order.ToJsonString();
    }
}
