namespace Dapr.Client;

/// <summary>Names a call in messages, which only failures need: method and address, without the query.</summary>
internal readonly record struct SidecarCall(HttpMethod Method, string Authority, string Path)
{
    public override string ToString()
    {
        var query = Path.IndexOf('?', StringComparison.Ordinal);
        return $"{Method} {Authority}{(query < 0 ? Path : Path[..query])}";
    }
}
