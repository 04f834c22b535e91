namespace Dapr.Client;

public abstract partial class DaprClient
{
    /// <summary>Invokes an output binding with <paramref name="data"/> as JSON (<c>POST /v1.0/bindings/{bindingName}</c>).</summary>
    public abstract Task InvokeBindingAsync<TRequest>(
        string bindingName, string operation, TRequest data, IReadOnlyDictionary<string, string>? metadata = null,
        CancellationToken cancellationToken = default);

    /// <summary>Invokes an output binding with <paramref name="data"/> as JSON and reads its JSON answer; no answer gives the default.</summary>
    /// <exception cref="DaprException">The binding failed, or its answer is not a <typeparamref name="TResponse"/>.</exception>
    public abstract Task<TResponse> InvokeBindingAsync<TRequest, TResponse>(
        string bindingName, string operation, TRequest data, IReadOnlyDictionary<string, string>? metadata = null,
        CancellationToken cancellationToken = default);

    /// <summary>Invokes an output binding with JSON that is already bytes.</summary>
    /// <exception cref="ArgumentException">The request's data is not JSON, which the HTTP API cannot carry.</exception>
    public abstract Task<BindingResponse> InvokeBindingAsync(BindingRequest request, CancellationToken cancellationToken = default);
}
