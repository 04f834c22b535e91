namespace Dapr;

/// <summary>What <c>UseCloudEvents</c> does beside unwrapping.</summary>
public class CloudEventsMiddlewareOptions
{
    /// <summary>Leaves data that is a JSON string as it is, also when its content type is not JSON.</summary>
    public bool SuppressJsonDecodingOfTextPayloads { get; set; }

    /// <summary>Adds the envelope's attributes to the request as headers <c>Cloudevent.{name}</c>.</summary>
    public bool ForwardCloudEventPropertiesAsHeaders { get; set; }

    /// <summary>The only attributes to forward, in any case; wins over <see cref="ExcludedCloudEventPropertiesFromHeaders"/>.</summary>
    public string[] IncludedCloudEventPropertiesAsHeaders { get; set; }

    /// <summary>Attributes not to forward, in any case.</summary>
    public string[] ExcludedCloudEventPropertiesFromHeaders { get; set; }
}
