namespace Resort.Tests.Sdk.Surface;

/// <summary>Writes a constant as C# does.</summary>
internal static class DefaultValue
{
    public static string Write(object? value, Type type) => value switch
    {
        null => type.IsValueType && Nullable.GetUnderlyingType(type) is null ? "default" : "null",
        string text => $"\"{text}\"",
        bool flag => flag ? "true" : "false",
        _ when type.IsEnum => $"{type.Name}.{Enum.ToObject(type, value)}",
        _ => FormattableString.Invariant($"{value}"),
    };
}
