namespace Dapr.Common.Serialization;

/// <summary>Turns values into text and back. A null value is the empty string.</summary>
public interface IDaprSerializer
{
    /// <summary>Serializes <paramref name="value"/> as a <typeparamref name="T"/>; null becomes the empty string.</summary>
    string Serialize<T>(T value);

    /// <summary>Serializes <paramref name="value"/> as <paramref name="inputType"/>, by default its own type; null becomes the empty string.</summary>
    string Serialize(object? value, Type? inputType = null);

    /// <summary>Reads a <typeparamref name="T"/>; null and the empty string become its default.</summary>
    T? Deserialize<T>(string? data);

    /// <summary>Reads a <paramref name="returnType"/>; null and the empty string become null.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="returnType"/> is null.</exception>
    object? Deserialize(string? data, Type returnType);
}
