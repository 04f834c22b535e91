namespace Resort.Gateway;

/// <summary>A file's name with its extension, such as <c>app.js</c>: one dot, and around it what a slug has.</summary>
internal sealed class AssetConstraint : IRouteConstraint
{
    public bool Match(HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection) =>
        values[routeKey] is string value && value.Split('.') is [var name, var extension] && SlugConstraint.IsSlug(name) && SlugConstraint.IsSlug(extension);
}
