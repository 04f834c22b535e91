using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Resort.Defaults;

/// <summary>The links from one page of a collection to the others. Whatever else was asked for stays.</summary>
public static class PageLinks
{
    public static Links Of(HttpRequest request, PageInfo page)
    {
        var last = Math.Max(page.TotalPages - 1, 0);
        return Links.Self(request.Path + QueryString.Create(request.Query))
            .With("first", To(0), when: true)
            .With("prev", To(Math.Min(page.Number - 1, last)), when: page.Number > 0)
            .With("next", To(page.Number + 1), when: page.Number < last)
            .With("last", To(last), when: true);

        string To(int number) => request.Path + QueryString.Create(request.Query.Where(given => given.Key != "page")
            .Append(new("page", new StringValues(number.ToString(CultureInfo.InvariantCulture)))));
    }
}
