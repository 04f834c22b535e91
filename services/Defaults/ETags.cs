using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Resort.Defaults;

/// <summary>
/// A resource's entity tag is a hash of what is sent of it, so it changes exactly when that does, also when only a link does, and needs no
/// question to a store.
/// </summary>
public static class ETags
{
    public static EntityTagHeaderValue Of<T>(T resource) => OfBytes(JsonSerializer.SerializeToUtf8Bytes(resource, WireJson.Options));

    /// <summary><c>If-Match</c>: whether the change is meant for the resource as it is. Without the header it is.</summary>
    public static bool MayChange<T>(HttpRequest request, T resource)
    {
        if (request.Headers.IfMatch.Count == 0)
            return true;
        var tag = Of(resource);
        return request.GetTypedHeaders().IfMatch.Any(given => given.Equals(EntityTagHeaderValue.Any) || given.Compare(tag, useStrongComparison: true));
    }

    public static EntityTagHeaderValue OfBytes(ReadOnlySpan<byte> body) => new($"\"{Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, 16))}\"");

    /// <summary><c>If-None-Match</c>: whether the caller has it already.</summary>
    public static bool IsKnown(HttpRequest request, EntityTagHeaderValue tag) =>
        request.GetTypedHeaders().IfNoneMatch.Any(given => given.Equals(EntityTagHeaderValue.Any) || given.Compare(tag, useStrongComparison: false));
}
