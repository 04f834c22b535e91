using Resort.Defaults;
using Resort.View.Projections;

namespace Resort.View.Features;

/// <summary>A collection of the read model: which rows belong to it (a condition in SQL), how one is shown, and what it may be sorted by.</summary>
internal sealed record RowCollection<T>(string Name, string Has, Func<ViewRow, T> Show, IReadOnlyCollection<string> SortFields)
{
    public async Task<IResult> AnswerAsync(HttpRequest request, ViewQueries views, Search? search = null, (string Rel, string Href)? more = null)
    {
        var errors = new Dictionary<string, string[]>();
        var paging = Paging.Read(request.Query["page"], request.Query["size"], errors);
        var sortings = Sorting.Read(request.Query["sort"], SortFields, errors);
        if (errors.Count > 0)
            return Problems.Invalid(StatusCodes.Status422UnprocessableEntity, errors);
        var (total, rows) = await views.PageAsync(Has, search, sortings, paging, request.HttpContext.RequestAborted);
        return Hal.Page(request, Name, rows.Select(Show), paging.Of((int)total), more);
    }
}
