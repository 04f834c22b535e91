namespace Resort.Sidecar.PubSub.Delivery;

/// <summary>How a subscription's messages reach the app.</summary>
internal interface IDelivery
{
    /// <summary>Delivers a batch and settles each of its messages.</summary>
    /// <exception cref="OperationCanceledException">The sidecar stops; what is not settled has not been handled.</exception>
    Task DeliverAsync(IBatch batch, CancellationToken stop);
}
