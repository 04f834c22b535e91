namespace Resort.Sidecar.Metrics;

/// <summary>Which components were loaded, and what was asked of them: state, secrets and bindings.</summary>
internal sealed class ComponentMetrics(MetricsRegistry all, string @namespace)
{
    private static readonly string[] labels = ["component", "namespace", "operation", "success"];
    private readonly Counter<ValueTuple> loaded = all.Count<ValueTuple>("runtime_component_loaded", "The number of successfully loaded components.");
    private readonly Counter<ValueTuple<string>> initialized = all.Count<ValueTuple<string>>("runtime_component_init_total", "The number of initialized components.", "component");
    private readonly Counter<(string, string, string)> failed = all.Count<(string, string, string)>(
        "runtime_component_init_fail_total", "The number of component initialization failures.", "component", "componentName", "reason");

    private readonly Operations state = new(all, "state", @namespace);
    private readonly Operations secrets = new(all, "secret", @namespace);
    private readonly Operations bindings = new(all, "output_binding", @namespace);

    /// <summary>A component of this type is there.</summary>
    public void Loaded(string type)
    {
        loaded.Add(default);
        initialized.Add(new(type));
    }

    /// <summary>A component could not be made, and was left out.</summary>
    public void Failed(string type, string name) => failed.Add((type, name, "init"));

    /// <summary>A state store did <c>get</c>, <c>bulk_get</c>, <c>set</c>, <c>delete</c> or <c>transaction</c>, or failed.</summary>
    public Task<T> StateAsync<T>(string component, string operation, Func<Task<T>> work, Func<T, bool> succeeded) => state.MeasureAsync(component, operation, work, succeeded);

    /// <summary>A secret store did <c>get</c> or <c>bulk_get</c>, or failed.</summary>
    public Task<T> SecretAsync<T>(string component, string operation, Func<Task<T>> work, Func<T, bool> succeeded) => secrets.MeasureAsync(component, operation, work, succeeded);

    /// <summary>An output binding did an operation, or failed.</summary>
    public Task<T> BindingAsync<T>(string component, string operation, Func<Task<T>> work, Func<T, bool> succeeded) => bindings.MeasureAsync(component, operation, work, succeeded);

    private sealed class Operations(MetricsRegistry all, string kind, string @namespace)
    {
        private readonly Counter<(string, string, string, bool)> count = all.Count<(string, string, string, bool)>($"component_{kind}_count", $"The number of operations performed on the {kind} component.", labels);
        private readonly Distribution<(string, string, string, bool)> latency = all.Latency<(string, string, string, bool)>($"component_{kind}_latencies", $"The latency of the response from the {kind} component.", labels);

        public async Task<T> MeasureAsync<T>(string component, string operation, Func<Task<T>> work, Func<T, bool> succeeded)
        {
            var (began, success) = (System.Diagnostics.Stopwatch.GetTimestamp(), false);
            try
            {
                var result = await work();
                success = succeeded(result);
                return result;
            }
            finally
            {
                count.Add((component, @namespace, operation, success));
                latency.Observe((component, @namespace, operation, success), System.Diagnostics.Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }
        }
    }
}
