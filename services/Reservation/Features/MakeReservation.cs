using Microsoft.AspNetCore.Http.HttpResults;
using Resort.Contracts;
using Resort.Defaults;
using Resort.Reservation.Catalogue;
using Resort.Reservation.Neighbours;
using Resort.Reservation.Sagas;
using Resort.Workflows;

namespace Resort.Reservation.Features;

/// <summary>
/// <c>POST /reservations</c>: starts the saga and waits for its outcome, or with <c>Prefer: respond-async</c> for its start. Under an
/// <c>Idempotency-Key</c> an order is made once, and told the same whenever it comes again.
/// </summary>
public sealed class MakeReservation(
    ResortCatalogue catalogue, ReservationRules rules, IdempotencyRecords records, PaymentOutage outage, BookingProgress progress, BookingSettings settings, TimeProvider clock)
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/reservations", (ReservationRequest request, MakeReservation feature, HttpContext context) => feature.HandleAsync(request, context))
            .WithSummary("Reserves rooms and charges the card, or awaits a transfer")
            .AsksHeader(IdempotencyKey.Header, "An order is made once under a key, and told the same whenever it comes again.")
            .AsksPrefer(Prefer.RespondAsync, Prefer.ReturnMinimal)
            .Answers<ReservationResource>(StatusCodes.Status201Created, "Location", "Preference-Applied")
            .Answers<ReservationResource>(StatusCodes.Status202Accepted, "Location", "Preference-Applied")
            .Refuses(StatusCodes.Status402PaymentRequired, StatusCodes.Status409Conflict, StatusCodes.Status422UnprocessableEntity);

    private async Task<IResult> HandleAsync(ReservationRequest request, HttpContext context)
    {
        var errors = new Dictionary<string, string[]>();
        var key = IdempotencyKey.Read(context.Request, errors);
        if (errors.Count > 0)
            return Problems.Invalid(StatusCodes.Status400BadRequest, errors);
        // before the rules: what was right when it came first stays right
        if (key is not null && await records.FindAsync<BookingOrder>(key, context.RequestAborted) is { } earlier)
            return await RepeatAsync(earlier, request, context);

        var resort = request.Resort is { Length: > 0 } named ? await catalogue.FindAsync(named) : null;
        errors = rules.Check(request, resort);
        if (errors.Count > 0)
            return Refuse(errors, request, resort);

        var order = Order(request, resort!, context);
        if (order.PaymentType is PaymentType.Card && !outage.TryBegin())
            return BookingAnswer.NotBegun(context.Response);
        if (key is null)
            return await AnswerAsync(order, isRepeated: false, context);
        var record = await records.BeginAsync(key, IdempotencyRecords.Fingerprint(request), order, context.RequestAborted);
        return ReferenceEquals(record.Begun, order) ? await AnswerAsync(order, isRepeated: false, context) : await RepeatAsync(record, request, context);
    }

    private Task<IResult> RepeatAsync(IdempotencyRecord<BookingOrder> earlier, ReservationRequest request, HttpContext context) =>
        earlier.Fingerprint == IdempotencyRecords.Fingerprint(request)
            ? AnswerAsync(earlier.Begun, isRepeated: true, context)
            : Task.FromResult<IResult>(Problems.Invalid(StatusCodes.Status422UnprocessableEntity,
                new Dictionary<string, string[]> { [IdempotencyKey.Header] = ["was used for another order: take a new one."] }));

    private async Task<IResult> AnswerAsync(BookingOrder order, bool isRepeated, HttpContext context)
    {
        // Not tied to the connection: once started, the saga goes on when the customer hangs up.
        using var patience = new CancellationTokenSource(settings.Patience, clock);
        BookingOutcome? told = null;
        if (isRepeated)
            told = await progress.ResumeAsync(order, patience.Token);
        else
            await progress.StartAsync(order, patience.Token);

        var response = context.Response;
        response.Headers.Location = ReservationResource.Path(order.ReservationId);
        var isWaited = !Prefer.Asks(context.Request, Prefer.RespondAsync);
        if (!isWaited)
            Prefer.Applied(response, Prefer.RespondAsync);
        var outcome = isWaited ? told ?? await progress.WaitAsync(order, patience.Token) : null;
        return Prefer.Shortened(context, BookingAnswer.Of(order, outcome, response, clock.GetUtcNow()));
    }

    private static ProblemHttpResult Refuse(Dictionary<string, string[]> errors, ReservationRequest request, ResortEntry? resort) =>
        errors.ContainsKey("cost") && errors.Count == 1
            ? Problems.Invalid(StatusCodes.Status422UnprocessableEntity, errors,
                new Dictionary<string, object?> { ["cost"] = resort!.Price(request.Rooms!.Value, request.Nights ?? 1) })
            : Problems.Invalid(StatusCodes.Status422UnprocessableEntity, errors);

    private BookingOrder Order(ReservationRequest request, ResortEntry resort, HttpContext context) => new()
    {
        ReservationId = Guid.CreateVersion7(clock.GetUtcNow()).ToString(),
        Cost = resort.Price(request.Rooms!.Value, request.Nights ?? 1),
        PaymentType = request.PaymentType is "transfer" ? PaymentType.Transfer : PaymentType.Card,
        CardToken = request.CardToken,
        CorrelationId = CorrelationId.Of(context),
        Stay = new()
        {
            ResortId = resort.Id,
            Resort = resort.Resort,
            Region = resort.Region,
            Date = request.Date!.Value,
            Nights = request.Nights ?? 1,
            Rooms = request.Rooms.Value,
            Persons = request.Persons!.Value,
            Name = request.Name!,
            Phone = request.Phone!,
            Email = request.Email,
            Needs = request.Needs,
        },
    };
}
