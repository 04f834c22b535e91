using System.Text.RegularExpressions;
using Resort.Contracts;
using Resort.Gateway;
using Resort.Tests.Deploy.Manifests;

namespace Resort.Tests.Deploy;

/// <summary>The network lets exactly those calls through that the policies of the apps allow.</summary>
public sealed partial class NetworkTests
{
    /// <summary>Where sidecars call each other.</summary>
    private const int Sidecar = 50002;

    [OverlayTheory, Overlays]
    public async Task Sidecars_reach_those_that_their_app_may_call_and_no_others(string name)
    {
        var overlay = await Overlay.RenderAsync(name);
        var network = new Network(overlay);
        foreach (var (from, to) in Apps.All.SelectMany(from => Apps.All.Select(to => (from, to))))
        {
            var policy = overlay.Single("Configuration", to).Each("spec.accessControl.policies").SingleOrDefault(it => it["appId"]!.ToString() == from);
            // a workflow and its activities may be at different replicas of the app that has them
            var isCaller = policy.Each("operations").Any() || (from == to && from == Apps.Reservation);
            network.Connects(from, to, Sidecar).Should().Be(isCaller, $"{from} {(isCaller ? "calls" : "does not call")} {to}");
            network.Connects(from, to, 8080).Should().BeFalse("apps are called through their sidecars");
        }
    }

    [OverlayTheory, Overlays]
    public async Task Every_route_of_the_gateway_has_a_way_to_its_app(string name)
    {
        var network = new Network(await Overlay.RenderAsync(name));
        foreach (var route in PublicRoutes.All) network.Connects(Apps.Gateway, route.Metadata![PublicRoutes.AppId], Sidecar).Should().BeTrue(route.RouteId);
    }

    [OverlayTheory, Overlays]
    public async Task Sidecars_reach_what_stands_behind_their_components(string name)
    {
        var overlay = await Overlay.RenderAsync(name);
        var network = new Network(overlay);
        foreach (var component in overlay.Of("Component"))
            foreach (var address in component.Each("spec.metadata").Select(it => Server().Match(it["value"]?.ToString() ?? "")).Where(found => found.Success))
                foreach (var app in component.At("scopes") is null ? Apps.All : component.Each("scopes").Select(scope => scope.ToString()))
                {
                    var (host, port) = (address.Groups["host"].Value.Split('.'), int.Parse(address.Groups["port"].Value, System.Globalization.CultureInfo.InvariantCulture));
                    var reached = host is [var service] ? network.Connects(app, service, port) : network.Leaves(app, host[1], port);
                    reached.Should().BeTrue($"{app} has the component {component.Name}, which is at {address}");
                }
    }

    [OverlayTheory, Overlays]
    public async Task Every_app_reaches_the_control_plane_and_only_the_gateway_is_reached_from_outside(string name)
    {
        var network = new Network(await Overlay.RenderAsync(name));
        foreach (var app in Apps.All)
        {
            foreach (var port in new[] { 443, 6500, 50001, 50005, 50006 }) network.Leaves(app, "dapr-system", port).Should().BeTrue(app);
            network.Enters("monitoring", app, 9090).Should().BeTrue(app);
            network.Enters("ingress-nginx", app, 8080).Should().Be(name == "production" && app == Apps.Gateway, app);
            network.Enters("default", app, 8080).Should().BeFalse(app);
            network.Leaves(app, "default", 443).Should().BeFalse(app);
        }
    }

    [GeneratedRegex(@"^(host=)?(?<host>[a-z][\w.-]*)(:| port=)(?<port>\d+)")]
    private static partial Regex Server();
}
