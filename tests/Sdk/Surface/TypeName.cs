using System.Reflection;
using System.Runtime.CompilerServices;

namespace Resort.Tests.Sdk.Surface;

/// <summary>Writes one use of a type as C# does: keywords, tuple names, and question marks where the annotations say so.</summary>
internal sealed class TypeName
{
    private static readonly Dictionary<Type, string> keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(double)] = "double",
    };

    private readonly byte[] flags;
    private readonly Queue<string?> tupleNames;
    private int position;

    private TypeName(byte[] flags, IEnumerable<string?> tupleNames)
    {
        this.flags = flags;
        this.tupleNames = new(tupleNames);
    }

    public static string Of(Type type) => new TypeName([0], []).Write(type);

    /// <param name="type">The type.</param>
    /// <param name="use">The parameter, return value, property or field of that type.</param>
    /// <param name="scopes">What surrounds the use, from the inside out: it gives the default annotation.</param>
    public static string Of(Type type, ICustomAttributeProvider use, params MemberInfo[] scopes)
    {
        var flags = Nullability.Flags(use) ?? [scopes.Select(Nullability.Context).FirstOrDefault(context => context is not null) ?? 0];
        var tuple = use.GetCustomAttributes(typeof(TupleElementNamesAttribute), inherit: false).OfType<TupleElementNamesAttribute>().SingleOrDefault();
        return new TypeName(flags, tuple?.TransformNames ?? []).Write(type);
    }

    private string Write(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying)
            return Write(underlying) + "?";
        if (type.IsByRef)
            return "ref " + Write(type.GetElementType()!);

        var mark = type.IsValueType && !type.IsGenericType ? "" : Mark();
        return WriteUnmarked(type) + mark;
    }

    private string WriteUnmarked(Type type)
    {
        if (type.IsArray)
            return Write(type.GetElementType()!) + "[]";
        if (keywords.TryGetValue(type, out var keyword))
            return keyword;
        if (!type.IsGenericType)
            return type.Name;

        if (type.FullName?.StartsWith("System.ValueTuple`", StringComparison.Ordinal) == true || type.Name.StartsWith("ValueTuple`", StringComparison.Ordinal))
        {
            var names = type.GetGenericArguments().Select(_ => tupleNames.TryDequeue(out var name) ? name : null).ToArray();
            return $"({string.Join(", ", type.GetGenericArguments().Select((element, i) => Write(element) + (names[i] is { } name ? " " + name : "")))})";
        }

        var arguments = type.GetGenericArguments().Select(Write).ToArray();
        return $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", arguments)}>";
    }

    private string Mark() => flags[flags.Length == 1 ? 0 : position++] == 2 ? "?" : "";
}
