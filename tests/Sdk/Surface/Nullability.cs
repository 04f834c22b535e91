using System.Reflection;

namespace Resort.Tests.Sdk.Surface;

/// <summary>What the compiler wrote down about null: 0 nothing said, 1 not null, 2 may be null.</summary>
internal static class Nullability
{
    /// <summary>The annotation of a use, one flag for every reference in it or one for all; null when it follows its surroundings.</summary>
    public static byte[]? Flags(ICustomAttributeProvider use) =>
        Argument(use, "NullableAttribute") switch
        {
            byte one => [one],
            IEnumerable<CustomAttributeTypedArgument> several => [.. several.Select(flag => (byte)flag.Value!)],
            _ => null,
        };

    /// <summary>The annotation of everything within a member that has none of its own.</summary>
    public static byte? Context(MemberInfo scope) => (byte?)Argument(scope, "NullableContextAttribute");

    /// <summary>Whether a type or any of its members is annotated.</summary>
    public static bool IsAnnotated(Type type) =>
        type.GetMembers(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Where(member => member is MethodBase or PropertyInfo or FieldInfo)
            .SelectMany(member => member is MethodBase method ? [member, .. method.GetParameters()] : new ICustomAttributeProvider[] { member })
            .Append(type)
            .Any(one => Argument(one, "NullableAttribute") is not null || Argument(one, "NullableContextAttribute") is not null);

    private static object? Argument(ICustomAttributeProvider use, string attribute)
    {
        var all = use switch
        {
            ParameterInfo parameter => parameter.CustomAttributes,
            MemberInfo member => member.CustomAttributes,
            _ => [],
        };
        return all.SingleOrDefault(one => one.AttributeType.Name == attribute)?.ConstructorArguments[0].Value;
    }
}
