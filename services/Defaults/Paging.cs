using System.Globalization;
using System.Text.Json.Serialization;

namespace Resort.Defaults;

/// <summary>Which part of a collection is asked for: <c>?page=&amp;size=</c>, pages count from 0.</summary>
public readonly record struct Paging(int Number, int Size)
{
    private const int UsualSize = 20;
    internal const int LargestSize = 500;
    internal const int LastPage = 1_000_000;

    /// <summary>Reads the query; what is wrong goes to <paramref name="errors"/>, by field.</summary>
    public static Paging Read(string? page, string? size, IDictionary<string, string[]> errors) =>
        new(Whole(page, "page", 0, 0, LastPage, errors), Whole(size, "size", UsualSize, 1, LargestSize, errors));

    public int Skip => Number * Size;

    /// <summary>The <c>page</c> part of a collection's answer.</summary>
    public PageInfo Of(int totalElements) => new(Size, totalElements, (totalElements + Size - 1) / Size, Number);

    private static int Whole(string? text, string field, int otherwise, int least, int most, IDictionary<string, string[]> errors)
    {
        if (text is null)
            return otherwise;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            return number;
        errors[field] = [$"must be from {least} to {most}."];
        return otherwise;
    }
}

/// <summary>The page of a collection, spelled as Spring Data spells it.</summary>
public sealed record PageInfo(
    int Size,
    [property: JsonPropertyName("totalElements")] int TotalElements,
    [property: JsonPropertyName("totalPages")] int TotalPages,
    int Number);

/// <summary>A page of a collection; the items stand under the collection's name.</summary>
public sealed record Collection<T>(
    [property: JsonPropertyName("_embedded")] IReadOnlyDictionary<string, IReadOnlyList<T>> Embedded,
    PageInfo Page,
    [property: JsonPropertyName("_links")] Links Links);
