using Dapr.Client;
using Dapr.Extensions.Configuration;
using Dapr.Extensions.Configuration.DaprSecretStore;
using Microsoft.Extensions.Configuration;

namespace Resort.Tests.Sdk.Surface;

/// <summary>Uses every member for configuration with every parameter named. Never run: it must compile, here and with the official packages.</summary>
internal static class EveryConfigurationMember
{
    public static IConfigurationProvider Add(IConfigurationBuilder builder, DaprClient client, IReadOnlyDictionary<string, string> metadata)
    {
        DaprSecretDescriptor[] secrets =
        [
            new(secretName: "a", isRequired: true, secretKey: "b"),
            new(secretName: "a", metadata: metadata, isRequired: true, secretKey: "b"),
        ];
        secrets[0] = new(secrets[1].SecretName, secrets[1].Metadata, secrets[1].IsRequired, secrets[1].SecretKey);
        builder
            .AddDaprSecretStore(store: "s", secretDescriptors: secrets, client: client, optional: true)
            .AddDaprSecretStore(store: "s", secretDescriptors: secrets, client: client, sidecarWaitTimeout: TimeSpan.FromSeconds(1), optional: true)
            .AddDaprSecretStore(store: "s", client: client, metadata: metadata, optional: true)
            .AddDaprSecretStore(store: "s", client: client, sidecarWaitTimeout: TimeSpan.FromSeconds(1), metadata: metadata, optional: true);
        var source = new DaprSecretStoreConfigurationSource
        {
            Store = "s",
            Client = client,
            SecretDescriptors = secrets,
            Metadata = metadata,
            NormalizeKey = true,
            KeyDelimiters = ["__"],
            SidecarWaitTimeout = TimeSpan.FromSeconds(1),
            IsOptional = true,
        };
        return source.Build(builder: builder);
    }
}
