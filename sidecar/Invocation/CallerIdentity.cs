namespace Resort.Sidecar.Invocation;

/// <summary>Who calls, as the certificates of Dapr's mTLS say it. Sidecars of one process know each other, so it is always known.</summary>
internal readonly record struct CallerIdentity(string TrustDomain, string Namespace, string AppId)
{
    /// <summary>The SPIFFE id.</summary>
    public override string ToString() => $"spiffe://{TrustDomain}/ns/{Namespace}/{AppId}";
}
