using System.Reflection;
using System.Runtime.CompilerServices;

namespace Resort.Tests.Sdk.Surface;

/// <summary>
/// Writes what code outside an assembly can see: for each type a line, <c>nullable</c> in front if it is annotated, and an indented one for each member.
/// </summary>
internal static class PublicSurface
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static Dictionary<string, string[]> Of(Assembly assembly) =>
        assembly.GetTypes().Where(type => type.IsVisible).ToDictionary(Header, type => Members(type).Order(StringComparer.Ordinal).ToArray());

    private static string Header(Type type)
    {
        var annotated = Nullability.IsAnnotated(type) ? "nullable " : "";
        var bases = type.GetInterfaces().Except((type.BaseType?.GetInterfaces() ?? []).Concat(type.GetInterfaces().SelectMany(one => one.GetInterfaces())));
        string[] all = [.. type.BaseType is { } parent && parent != typeof(object) && !type.IsValueType ? [TypeName.Of(parent)] : Array.Empty<string>(),
            .. bases.Where(_ => !type.IsEnum).Select(TypeName.Of).Order(StringComparer.Ordinal)];
        return $"{annotated}{Kind(type)} {type.Namespace}.{TypeName.Of(type)}{(all.Length > 0 ? " : " + string.Join(", ", all) : "")}";
    }

    private static string Kind(Type type) => type switch
    {
        { IsEnum: true } => "enum",
        { IsInterface: true } => "interface",
        { IsValueType: true } => type.IsDefined(typeof(IsReadOnlyAttribute), inherit: false) ? "readonly struct" : "struct",
        { IsAbstract: true, IsSealed: true } => "static class",
        { IsAbstract: true } => "abstract class",
        { IsSealed: true } => "sealed class",
        _ => "class",
    };

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum)
            return Enum.GetNames(type).Select((name, i) => $"{name} = {Convert.ToInt64(Enum.GetValues(type).GetValue(i), null)}");

        return type.GetConstructors(Declared).Where(Visible).Select(one => $"{Access(one)}{type.Name.Split('`')[0]}({Parameters(one, type)})")
            .Concat(type.GetMethods(Declared).Where(Visible).Where(one => !one.IsSpecialName).Select(one => Method(one, type)))
            .Concat(type.GetProperties(Declared).Where(one => one.GetAccessors(nonPublic: true).Any(Visible)).Select(one => Property(one, type)))
            .Concat(type.GetFields(Declared).Where(one => one.IsPublic || one.IsFamily).Select(one => Field(one, type)));
    }

    private static bool Visible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static string Access(MethodBase method) => method.IsPublic ? "" : "protected ";

    private static string Virtuality(MethodInfo method) => method switch
    {
        { DeclaringType.IsInterface: true } => "",
        { IsStatic: true } => "static ",
        { IsAbstract: true } => "abstract ",
        { IsFinal: true } => "",
        { IsVirtual: true } => method.GetBaseDefinition() == method ? "virtual " : "override ",
        _ => "",
    };

    private static string Method(MethodInfo method, Type type)
    {
        var arguments = method.GetGenericArguments();
        var generic = arguments.Length > 0 ? $"<{string.Join(", ", arguments.Select(one => one.Name))}>" : "";
        var constraints = string.Concat(arguments.SelectMany(one => one.GetGenericParameterConstraints().Select(of => $" where {one.Name} : {TypeName.Of(of)}")));
        var extension = method.IsDefined(typeof(ExtensionAttribute), inherit: false) ? "this " : "";
        var result = TypeName.Of(method.ReturnType, method.ReturnParameter, method, type);
        return $"{Access(method)}{Virtuality(method)}{result} {method.Name}{generic}({extension}{Parameters(method, type)}){constraints}";
    }

    private static string Property(PropertyInfo property, Type type)
    {
        var accessor = property.GetAccessors(nonPublic: true).First(Visible);
        var isInit = property.SetMethod?.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) == true;
        var accessors = (property.GetMethod is { } get && Visible(get) ? "get; " : "")
            + (property.SetMethod is { } set && Visible(set) ? isInit ? "init; " : "set; " : "");
        return $"{Access(accessor)}{Virtuality(accessor)}{TypeName.Of(property.PropertyType, property, accessor, type)} {property.Name} {{ {accessors}}}";
    }

    private static string Field(FieldInfo field, Type type) =>
        (field.IsLiteral ? "const " : "") + $"{TypeName.Of(field.FieldType, field, type)} {field.Name}"
        + (field.IsLiteral ? " = " + DefaultValue.Write(field.GetRawConstantValue(), field.FieldType) : "");

    private static string Parameters(MethodBase method, Type type) => string.Join(", ", method.GetParameters().Select(one =>
        TypeName.Of(one.ParameterType, one, method, type) + " " + one.Name
        + (one.HasDefaultValue ? " = " + DefaultValue.Write(one.DefaultValue, one.ParameterType) : "")));
}
