using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Resort.Defaults;
using Resort.View.Projections;

namespace Resort.View.Features;

/// <summary>A collection of the read model: which rows belong to it, how one is shown, and what it may be sorted by.</summary>
internal sealed record RowCollection<T>(string Name, Expression<Func<ViewRow, bool>> Has, Func<ViewRow, T> Show, IReadOnlyCollection<string> SortFields)
{
    /// <summary>Newest first, if nothing else is asked for: the ids begin with their time.</summary>
    public IResult Answer(HttpRequest request, ViewReader views, Expression<Func<ViewRow, bool>>? search = null, (string Rel, string Href)? more = null)
    {
        var errors = new Dictionary<string, string[]>();
        var paging = Paging.Read(request.Query["page"], request.Query["size"], errors);
        var sortings = Sorting.Read(request.Query["sort"], SortFields, errors);
        if (errors.Count > 0)
            return Problems.Invalid(StatusCodes.Status422UnprocessableEntity, errors);
        var (total, rows) = views.Read(db =>
        {
            var found = db.Views.AsNoTracking().Where(Has).Where(search ?? (_ => true));
            return (found.Count(), Sort(found, sortings).Skip(paging.Skip).Take(paging.Size).ToList());
        });
        return Hal.Page(request, Name, rows.Select(Show), paging.Of(total), more);
    }

    private static IOrderedQueryable<ViewRow> Sort(IQueryable<ViewRow> rows, IReadOnlyList<Sorting> sortings)
    {
        IOrderedQueryable<ViewRow>? sorted = null;
        foreach (var (field, descending) in sortings)
        {
            var column = typeof(ViewRow).GetProperties().Single(property => property.Name.Equals(field, StringComparison.OrdinalIgnoreCase)).Name;
            sorted = (sorted, descending) switch
            {
                (null, false) => rows.OrderBy(row => EF.Property<object>(row, column)),
                (null, true) => rows.OrderByDescending(row => EF.Property<object>(row, column)),
                (_, false) => sorted.ThenBy(row => EF.Property<object>(row, column)),
                (_, true) => sorted.ThenByDescending(row => EF.Property<object>(row, column)),
            };
        }
        return sorted?.ThenByDescending(row => row.ReservationId) ?? rows.OrderByDescending(row => row.ReservationId);
    }
}
