using Resort.Sidecar.Components;

namespace Resort.Sidecar.Api;

/// <summary>Which APIs the app may call over HTTP: the lists of <c>spec.api</c>. An API is the first two segments of its paths, such as <c>v1.0/state</c>.</summary>
internal sealed class ApiAccess
{
    private const string Health = "healthz";
    private static readonly string[] names =
    [
        "invoke", "state", "publish", "bindings", "secrets", "actors", "metadata", "configuration", "lock", "unlock", "crypto", "subtlecrypto", "workflows", Health, "jobs", "shutdown",
        "conversation",
    ];

    private readonly HashSet<string>? allowed;
    private readonly HashSet<string> denied = [];

    private ApiAccess(HashSet<string>? allowed, HashSet<string> denied) => (this.allowed, this.denied) = (allowed, denied);

    /// <summary>Without lists everything may be called.</summary>
    public static ApiAccess Everything { get; } = new(null, []);

    /// <summary>Reads the lists. One that names nothing for HTTP does not count; beside workers' gRPC, of which the lists do not speak, there is no other protocol.</summary>
    /// <exception cref="ResourceException">A name, version or protocol is unknown.</exception>
    public static ApiAccess Read(Fields lists)
    {
        var access = new ApiAccess(List(lists, "allowed") is { Count: > 0 } allowed ? allowed : null, List(lists, "denied"));
        lists.RefuseUnknown();
        return access;
    }

    /// <summary>Whether routes of this version and name are there; health cannot be denied.</summary>
    public bool Permits(string version, string name) => name == Health || ((allowed?.Contains($"{version}/{name}") ?? true) && !denied.Contains($"{version}/{name}"));

    private static HashSet<string> List(Fields lists, string field)
    {
        HashSet<string> listed = [];
        foreach (var entry in lists.Maps(field))
        {
            var name = entry.RequiredText("name");
            if (!names.Contains(name)) throw entry.Wrong("name", string.Join(", ", names));
            var version = entry.RequiredText("version") switch
            {
                "v1" or "v1.0" => "v1.0",
                "v1alpha1" or "v1.0-alpha1" => "v1.0-alpha1",
                "v1alpha2" or "v1.0-alpha2" => "v1.0-alpha2",
                "v1beta1" or "v1.0-beta1" => "v1.0-beta1",
                _ => throw entry.Wrong("version", "v1, v1alpha1, v1alpha2 or v1beta1"),
            };
            var isHttp = entry.Text("protocol") switch
            {
                "http" => true,
                "grpc" => false,
                _ => throw entry.Wrong("protocol", "http or grpc"),
            };
            entry.RefuseUnknown();
            if (isHttp) listed.Add($"{version}/{name}");
        }
        return listed;
    }
}
