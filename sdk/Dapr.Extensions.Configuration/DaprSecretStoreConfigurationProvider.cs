using Microsoft.Extensions.Configuration;

namespace Dapr.Extensions.Configuration.DaprSecretStore;

/// <summary>Reads the secrets of one source, at once or, when they are optional, in the background until it succeeds.</summary>
internal sealed class DaprSecretStoreConfigurationProvider(DaprSecretStoreConfigurationSource source) : ConfigurationProvider, IDisposable
{
    private readonly TimeSpan wait = source.SidecarWaitTimeout ?? TimeSpan.FromSeconds(5);
    private readonly CancellationTokenSource disposed = new();

    public override void Load()
    {
        if (source.IsOptional)
            _ = LoadInBackgroundAsync();
        else
            LoadAsync(CancellationToken.None).GetAwaiter().GetResult(); // configuration is loaded synchronously
    }

    public void Dispose()
    {
        disposed.Cancel();
        disposed.Dispose();
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        using (var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken))
        {
            deadline.CancelAfter(wait);
            await source.Client.WaitForSidecarAsync(deadline.Token).ConfigureAwait(false);
        }

        var secrets = source.SecretDescriptors is { } descriptors
            ? await ReadAsync(descriptors, cancellationToken).ConfigureAwait(false)
            : await ReadAllAsync(cancellationToken).ConfigureAwait(false);
        Data = Normalize(secrets);
    }

    private async Task LoadInBackgroundAsync()
    {
        var stop = disposed.Token;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await LoadAsync(stop).ConfigureAwait(false);
                OnReload();
                return;
            }
            catch (Exception e) when (e is DaprException or OperationCanceledException)
            {
                await Task.Delay(wait, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task<List<KeyValuePair<string, string>>> ReadAllAsync(CancellationToken cancellationToken)
    {
        var secrets = await source.Client.GetBulkSecretAsync(source.Store, source.Metadata, cancellationToken).ConfigureAwait(false);
        return [.. secrets.Values.SelectMany(values => values)];
    }

    private async Task<List<KeyValuePair<string, string>>> ReadAsync(IEnumerable<DaprSecretDescriptor> descriptors, CancellationToken cancellationToken)
    {
        var all = new List<KeyValuePair<string, string>>();
        foreach (var secret in descriptors)
        {
            try
            {
                var values = await source.Client.GetSecretAsync(source.Store, secret.SecretKey, secret.Metadata, cancellationToken).ConfigureAwait(false);
                all.AddRange(values.Select(value => value.Key == secret.SecretKey ? KeyValuePair.Create(secret.SecretName, value.Value) : value));
            }
            catch (DaprException) when (!secret.IsRequired)
            {
                // It is not there, and the application says that it can do without.
            }
        }

        return all;
    }

    private Dictionary<string, string?> Normalize(List<KeyValuePair<string, string>> secrets)
    {
        var data = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in secrets)
        {
            var key = source.NormalizeKey
                ? source.KeyDelimiters.Aggregate(name, (part, delimiter) => part.Replace(delimiter, ConfigurationPath.KeyDelimiter, StringComparison.Ordinal))
                : name;
            if (!data.TryAdd(key, value))
                throw new InvalidOperationException($"The secret store '{source.Store}' has more than one secret for the configuration key '{key}'.");
        }

        return data;
    }
}
