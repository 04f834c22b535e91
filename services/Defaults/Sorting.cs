using Microsoft.Extensions.Primitives;

namespace Resort.Defaults;

/// <summary>One field that a collection is sorted by: <c>?sort=field</c>, <c>?sort=field,desc</c>, and several of them.</summary>
public readonly record struct Sorting(string Field, bool Descending)
{
    /// <summary>Reads the query; what is wrong goes to <paramref name="errors"/>, by field. A field that comes again changes nothing.</summary>
    public static IReadOnlyList<Sorting> Read(StringValues asked, IReadOnlyCollection<string> fields, IDictionary<string, string[]> errors)
    {
        var wrong = new List<string>();
        var sortings = asked.Select(text => Read(text ?? "", fields, wrong)).DistinctBy(sorting => sorting.Field).ToList();
        if (wrong.Count > 0)
            errors["sort"] = [.. wrong];
        return sortings;
    }

    private static Sorting Read(string text, IReadOnlyCollection<string> fields, List<string> wrong)
    {
        var (field, direction) = text.Split(',', 2) is [var first, var second] ? (first, second) : (text, "asc");
        if (!fields.Contains(field))
            wrong.Add($"\"{Shortened(field)}\" is no field to sort by, but {string.Join(", ", fields)} are.");
        else if (direction is not ("asc" or "desc"))
            wrong.Add($"{field} is sorted by \"{Shortened(direction)}\": give asc or desc.");
        return new(field, direction is "desc");
    }

    private static string Shortened(string text) => text.Length > 40 ? text[..40] : text;
}
