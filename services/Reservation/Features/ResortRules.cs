using FluentValidation;
using Resort.Reservation.Catalogue;

namespace Resort.Reservation.Features;

/// <summary>What staff sends of a resort. Everything may be missing until it is checked.</summary>
public sealed record ResortRequest(string? Region, string? Resort, long? Rate, int? MaxPersonsPerRoom, int? DefaultCapacity)
{
    public ResortEntry Entry(string id) => new(id, Region!, Resort!, Rate!.Value, MaxPersonsPerRoom!.Value, DefaultCapacity!.Value);
}

public sealed class ResortRules : AbstractValidator<ResortRequest>
{
    public const int MaxCapacity = 10_000;
    private const int MaxPersons = 20;
    private const long MaxRate = 100_000_000;

    public ResortRules()
    {
        RuleFor(r => r.Region).NotEmpty().WithMessage("is missing.").MaximumLength(100).WithMessage("is longer than 100 characters.")
            .Must(ReservationRules.BeText).WithMessage("has control characters in it.");
        RuleFor(r => r.Resort).NotEmpty().WithMessage("is missing.").MaximumLength(100).WithMessage("is longer than 100 characters.")
            .Must(ReservationRules.BeText).WithMessage("has control characters in it.");
        RuleFor(r => r.Rate).NotNull().WithMessage("is missing.").InclusiveBetween(1, MaxRate).WithMessage($"must be from 1 to {MaxRate} won.");
        RuleFor(r => r.MaxPersonsPerRoom).NotNull().WithMessage("is missing.").InclusiveBetween(1, MaxPersons).WithMessage($"must be from 1 to {MaxPersons}.");
        RuleFor(r => r.DefaultCapacity).NotNull().WithMessage("is missing.").InclusiveBetween(0, MaxCapacity).WithMessage($"must be from 0 to {MaxCapacity}.");
    }

    /// <summary>What is wrong, by the field's name on the wire; empty if all is well.</summary>
    public Dictionary<string, string[]> Check(string id, ResortRequest request, IEnumerable<ResortEntry> resorts)
    {
        var errors = Validate(request).Errors.GroupBy(failure => failure.PropertyName.ToLowerInvariant())
            .ToDictionary(field => field.Key, field => field.Select(failure => failure.ErrorMessage).ToArray());
        if (!ResortEntry.IsId(id))
            errors["id"] = ["must be lower-case letters, digits and dashes, at most 64."];
        // a booking names its resort by id or by name
        if (resorts.FirstOrDefault(other => other.Id != id && (other.Id == request.Resort || other.Resort == request.Resort || other.Resort == id)) is { } taken)
            errors["resort"] = [$"is taken by {taken.Id}."];
        return errors;
    }
}
