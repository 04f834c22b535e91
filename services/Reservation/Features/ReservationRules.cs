using FluentValidation;
using FluentValidation.Results;
using Resort.Contracts;
using Resort.Reservation.Catalogue;
using Resort.Reservation.Domain;

namespace Resort.Reservation.Features;

/// <summary>The rules of each field, and those that need to know the resort.</summary>
public sealed class ReservationRules : AbstractValidator<ReservationRequest>
{
    private const int MaxNights = 30;
    private const int MaxRooms = 20;

    private readonly TimeProvider clock;

    public ReservationRules(TimeProvider clock)
    {
        this.clock = clock;
        RuleFor(r => r.Resort).NotEmpty().WithMessage("is missing: give a resort's id or its name.");
        RuleFor(r => r.Date).NotNull().WithMessage("is missing: give the day of arrival as yyyy-MM-dd.")
            .Must(date => date is null || date >= Today).WithMessage("is in the past.")
            .Must(date => date is null || date <= Today.AddDays(Calendar.DaysAhead)).WithMessage($"is more than {Calendar.DaysAhead} days ahead.");
        RuleFor(r => r.Nights).InclusiveBetween(1, MaxNights).WithMessage($"must be from 1 to {MaxNights}.");
        RuleFor(r => r.Rooms).NotNull().WithMessage("is missing.").InclusiveBetween(1, MaxRooms).WithMessage($"must be from 1 to {MaxRooms}.");
        RuleFor(r => r.Persons).NotNull().WithMessage("is missing.").GreaterThan(0).WithMessage("must be at least 1.");
        RuleFor(r => r.Name).NotEmpty().WithMessage("is missing.").MaximumLength(100).WithMessage("is longer than 100 characters.")
            .Must(BeText).WithMessage("has control characters in it.");
        RuleFor(r => r.Phone).NotEmpty().WithMessage("is missing.")
            .Matches(@"^(\+?[0-9][0-9 -]{5,18})?\z").WithMessage("is no phone number.");
        RuleFor(r => r.Email).MaximumLength(254).WithMessage("is longer than 254 characters.").EmailAddress().WithMessage("is no e-mail address.")
            .Must(BeText).WithMessage("has control characters in it.");
        RuleFor(r => r.Needs).MaximumLength(1000).WithMessage("is longer than 1000 characters.")
            .Must(needs => BeText(needs?.ReplaceLineEndings(" "))).WithMessage("has control characters in it.");
        RuleFor(r => r.PaymentType).NotEmpty().WithMessage("is missing: give \"card\" or \"transfer\".")
            .Must(type => type is null or "" or "card" or "transfer").WithMessage("must be \"card\" or \"transfer\".");
        RuleFor(r => r.CardToken).Matches(@"^[A-Za-z0-9_-]{1,64}\z").WithMessage("is no card token.");
    }

    internal static bool BeText(string? text) => text is null || !text.Any(char.IsControl);

    private DateOnly Today => Calendar.Today(clock);

    /// <summary>What is wrong, by the field's name on the wire; empty if all is well.</summary>
    public Dictionary<string, string[]> Check(ReservationRequest request, ResortEntry? resort) =>
        ByField(Validate(request).Errors.Concat(CheckResort(request, resort)));

    /// <summary>What is wrong with a changed contact or need, by the field's name on the wire; empty if all is well.</summary>
    public Dictionary<string, string[]> CheckChange(Stay changed) => ByField(this.Validate(
        new ReservationRequest { Phone = changed.Phone, Email = changed.Email, Needs = changed.Needs },
        rules => rules.IncludeProperties(r => r.Phone, r => r.Email, r => r.Needs)).Errors);

    private static Dictionary<string, string[]> ByField(IEnumerable<ValidationFailure> failures) => failures
        .GroupBy(failure => failure.PropertyName.ToLowerInvariant())
        .ToDictionary(field => field.Key, field => field.Select(failure => failure.ErrorMessage).ToArray());

    private static IEnumerable<ValidationFailure> CheckResort(ReservationRequest request, ResortEntry? resort)
    {
        if (string.IsNullOrEmpty(request.Resort))
            yield break;
        if (resort is null)
        {
            yield return new(nameof(request.Resort), "is not one of ours: GET /resorts lists them.");
            yield break;
        }
        if (request.Region is not null && request.Region != resort.Region)
            yield return new(nameof(request.Region), $"is {resort.Region} for this resort.");
        if (request.Rooms is not (>= 1 and <= MaxRooms))
            yield break;
        if (request.Persons > request.Rooms * resort.MaxPersonsPerRoom)
            yield return new(nameof(request.Persons), $"must be at most {resort.MaxPersonsPerRoom} for each room of this resort.");
        if (request.Cost is { } cost && request.Nights is null or (>= 1 and <= MaxNights) && cost != resort.Price(request.Rooms.Value, request.Nights ?? 1))
            yield return new(nameof(request.Cost), $"is {resort.Price(request.Rooms.Value, request.Nights ?? 1)} for these rooms and nights.");
    }
}
