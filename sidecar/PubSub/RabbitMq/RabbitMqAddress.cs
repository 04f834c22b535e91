using Resort.Sidecar.Components;

namespace Resort.Sidecar.PubSub.RabbitMq;

/// <summary>Where a RabbitMQ is: <c>connectionString</c> (or <c>host</c>, its old name), or <c>hostname</c>, <c>username</c>, <c>password</c> and <c>protocol</c>.</summary>
internal static class RabbitMqAddress
{
    /// <exception cref="ResourceException">It is no address.</exception>
    public static Uri Read(ComponentMetadata metadata)
    {
        var (text, name) = metadata.Text("connectionString") is { Length: > 0 } given ? (given, "connectionString") : (metadata.Text("host"), "host");
        var protocol = metadata.Text("protocol") is { Length: > 0 } asked ? asked : null;
        if (protocol is not (null or "amqp" or "amqps")) throw metadata.Wrong("protocol", "amqp or amqps");
        var (hostname, username, password) = (metadata.Text("hostname"), metadata.Text("username"), metadata.Text("password"));
        if (text is not { Length: > 0 })
        {
            var login = username is { Length: > 0 } ? Uri.EscapeDataString(username) + (password is { Length: > 0 } ? ":" + Uri.EscapeDataString(password) : "") + "@" : "";
            (text, name) = ($"{protocol ?? "amqp"}://{login}{(hostname is { Length: > 0 } ? hostname : "localhost")}", "hostname");
        }
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme is not ("amqp" or "amqps") || address.Host.Length == 0)
            throw new ResourceException(metadata.LocationOf(name), $"metadata `{name}` must be an address such as amqp://user:password@host:5672/vhost"); // without its text: it holds a password
        if (protocol is not null && protocol != address.Scheme) throw metadata.Wrong("protocol", $"{address.Scheme} as in `{name}`");
        return address;
    }
}
