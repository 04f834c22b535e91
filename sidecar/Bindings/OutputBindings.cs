using Resort.Sidecar.Components;
using Resort.Sidecar.Hosting;
using Resort.Sidecar.Resiliency;

namespace Resort.Sidecar.Bindings;

/// <summary>The output bindings of one sidecar by name.</summary>
internal sealed class OutputBindings : IDisposable
{
    private readonly Dictionary<string, (IOutputBinding Binding, Policy Policy)> bindings = new(StringComparer.Ordinal);

    /// <summary>Whether there is a binding of that name.</summary>
    public bool Contains(string name) => bindings.ContainsKey(name);

    /// <summary>Creates the components.</summary>
    /// <exception cref="ResourceException">One of them is wrong.</exception>
    public async Task CreateAsync(DaprRuntime runtime)
    {
        var types = new ComponentTypes<IOutputBinding>("bindings", ("bindings.http", component => new(new HttpBinding(HttpBindingSettings.Read(component.Metadata), runtime.Process.Clock))));
        foreach (var (name, binding) in await types.CreateAllAsync(runtime.Resources.Components, runtime.References.Resolve, runtime.Loggers.CreateLogger<OutputBindings>()))
            bindings.Add(name, (binding, runtime.Policies.Component(name, ComponentKind.Binding, Direction.Outbound)));
    }

    /// <summary>Does one operation under the component's policies; the answer is the last attempt's.</summary>
    /// <exception cref="BindingException">There is no such binding or operation, or it was not done.</exception>
    /// <exception cref="ResiliencyException">A policy ended it.</exception>
    public Task<BindingAnswer> InvokeAsync(string name, BindingRequest request, CancellationToken cancel)
    {
        if (request.Operation.Length == 0) throw new BindingException("operation field is missing from request");
        if (!bindings.TryGetValue(name, out var found)) throw new BindingException($"couldn't find output binding {name}");
        if (!found.Binding.Operations.Contains(request.Operation))
            throw new BindingException($"binding {name} does not support operation {request.Operation}. supported operations:{string.Join(' ', found.Binding.Operations)}");
        return found.Policy.RunAsync(token => found.Binding.InvokeAsync(request, token), answer => answer.Failure is null ? null : new Failure(), cancel);
    }

    public void Dispose()
    {
        foreach (var (binding, _) in bindings.Values) (binding as IDisposable)?.Dispose();
    }
}
