using System.Text.Encodings.Web;
using System.Text.Json;

namespace Resort.Sidecar.Api;

/// <summary>How JSON is written everywhere: compact, and escaped only where JSON itself asks for it.</summary>
internal static class JsonText
{
    public static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
