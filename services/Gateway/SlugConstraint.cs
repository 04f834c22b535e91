namespace Resort.Gateway;

/// <summary>Letters, digits and dashes.</summary>
internal sealed class SlugConstraint : IRouteConstraint
{
    public bool Match(HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection) =>
        values[routeKey] is string value && IsSlug(value);

    public static bool IsSlug(string value) => value.Length is > 0 and <= 64 && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '-');
}
