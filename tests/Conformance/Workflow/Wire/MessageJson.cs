using System.Collections;
using System.Globalization;
using System.Text.Json.Nodes;
using Dapr.DurableTask.Protobuf;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace Resort.Tests.Conformance.Workflow.Wire;

/// <summary>
/// Messages in the form of the recordings: the wire's own field names, wrappers and times as plain values. Zeros of fields without presence are left
/// out, but for the status of a workflow, whose zero is RUNNING.
/// </summary>
internal static class MessageJson
{
    private const string StatusPrefix = "ORCHESTRATION_STATUS_";

    /// <summary>A message as JSON.</summary>
    public static JsonObject Of(IMessage message) => new(
        message.Descriptor.Fields.InFieldNumberOrder().Where(field => IsShown(field, message)).Select(field => KeyValuePair.Create(field.JsonName, Value(field, field.Accessor.GetValue(message)))));

    /// <summary>A message from JSON.</summary>
    /// <exception cref="FormatException">It has no such field.</exception>
    public static IMessage Read(JsonObject json, MessageDescriptor type)
    {
        var message = (IMessage)Activator.CreateInstance(type.ClrType)!;
        Merge(json, message);
        return message;
    }

    /// <summary>Sets the fields that JSON names.</summary>
    /// <exception cref="FormatException">The message has no such field.</exception>
    public static void Merge(JsonObject json, IMessage into)
    {
        foreach (var (name, value) in json)
        {
            var field = into.Descriptor.Fields.InFieldNumberOrder().FirstOrDefault(f => f.JsonName == name) ?? throw new FormatException($"{into.Descriptor.Name} has no field {name}");
            if (field.IsMap)
                foreach (var (key, text) in value!.AsObject()) ((IDictionary)field.Accessor.GetValue(into))[key] = text!.GetValue<string>();
            else if (field.IsRepeated)
                foreach (var element in value!.AsArray()) ((IList)field.Accessor.GetValue(into)).Add(Read(field, element!));
            else field.Accessor.SetValue(into, Read(field, value!));
        }
    }

    private static bool IsShown(FieldDescriptor field, IMessage message)
    {
        if (field.HasPresence) return field.Accessor.HasValue(message);
        return field.Accessor.GetValue(message) switch
        {
            ICollection items => items.Count > 0,
            ByteString bytes => !bytes.IsEmpty,
            OrchestrationStatus => true,
            var scalar => !scalar.Equals(scalar is string ? "" : Activator.CreateInstance(scalar.GetType())),
        };
    }

    private static JsonNode? Value(FieldDescriptor field, object value) => value switch
    {
        IDictionary map => new JsonObject(map.Keys.Cast<string>().Select(key => KeyValuePair.Create(key, (JsonNode?)(string?)map[key]))),
        string text => text,
        ByteString bytes => bytes.ToStringUtf8(),
        IList items => new JsonArray([.. items.Cast<object>().Select(item => Value(field, item))]),
        Timestamp time => time.ToRecordedText(),
        IMessage message => Of(message),
        bool truth => truth,
        int number => number,
        uint number => number,
        System.Enum constant => Name(field.EnumType, Convert.ToInt32(constant, CultureInfo.InvariantCulture)),
        _ => throw new NotSupportedException($"{field.FullName} is of a kind that the protocol does not use"),
    };

    private static object Read(FieldDescriptor field, JsonNode value) => field.FieldType switch
    {
        FieldType.String => value.GetValue<string>(),
        FieldType.Bool => value.GetValue<bool>(),
        FieldType.Int32 => value.GetValue<int>(),
        FieldType.UInt32 => value.GetValue<uint>(),
        FieldType.Bytes => ByteString.CopyFromUtf8(value.GetValue<string>()),
        FieldType.Enum => Number(field.EnumType, value),
        FieldType.Message => field.MessageType.Name switch
        {
            nameof(Timestamp) => RecordedTime.Parse(value.GetValue<string>()),
            nameof(StringValue) => value.GetValue<string>(),
            nameof(Int32Value) => value.GetValue<int>(),
            nameof(BoolValue) => value.GetValue<bool>(),
            _ => Read(value.AsObject(), field.MessageType),
        },
        _ => throw new NotSupportedException($"{field.FullName} is of a kind that the protocol does not use"),
    };

    private static JsonNode Name(EnumDescriptor type, int number) =>
        type.FindValueByNumber(number) is { Name: var name } ? name.StartsWith(StatusPrefix, StringComparison.Ordinal) ? name[StatusPrefix.Length..] : name : number;

    private static int Number(EnumDescriptor type, JsonNode value)
    {
        if (value.GetValueKind() == System.Text.Json.JsonValueKind.Number) return value.GetValue<int>();
        var name = value.GetValue<string>();
        return (type.FindValueByName(name) ?? type.FindValueByName(StatusPrefix + name))?.Number ?? throw new FormatException($"{type.Name} has no value {name}");
    }
}
