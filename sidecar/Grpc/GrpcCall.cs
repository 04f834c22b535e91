using System.Buffers;
using System.Globalization;
using Google.Protobuf;

namespace Resort.Sidecar.Grpc;

/// <summary>One gRPC call: reads the request, writes messages, and ends with a status.</summary>
internal sealed class GrpcCall(HttpContext http, long largestMessage, CancellationToken aborted, CancellationToken stopping)
{
    /// <summary>Set when the caller has gone or cancelled, or its deadline has passed.</summary>
    public CancellationToken Aborted => aborted;

    /// <summary>Set when the sidecar shuts down.</summary>
    public CancellationToken Stopping => stopping;

    /// <summary>How the call has ended.</summary>
    public GrpcStatus Status { get; private set; }

    /// <summary>The request of a unary or server-streaming method.</summary>
    /// <exception cref="GrpcException">There is no valid message.</exception>
    public ValueTask<T> ReadAsync<T>(MessageParser<T> parser) where T : IMessage<T> =>
        GrpcFrame.ReadAsync(http.Request.BodyReader, parser, largestMessage, Aborted);

    /// <summary>Adds a message to the response; it goes out with the next flush or the end of the call.</summary>
    public void Write(IMessage message) => Write(message.CalculateSize(), static (span, state) => ((IMessage)state).WriteTo(span), message);

    /// <inheritdoc cref="Write(IMessage)"/>
    public void Write(int size, SpanAction<byte, object> write, object state) => GrpcFrame.Write(http.Response.BodyWriter, size, write, state);

    /// <summary>Sends what was written so far; at the first call the headers too.</summary>
    public async ValueTask FlushAsync() => await http.Response.BodyWriter.FlushAsync(Aborted);

    /// <summary>Ends the call. A status goes into the trailers, or into the headers if nothing was sent before it.</summary>
    public void End(GrpcStatus status, string message = "")
    {
        Status = status;
        var trailersOnly = status != GrpcStatus.Ok && !http.Response.HasStarted;
        Put("grpc-status", ((int)status).ToString(CultureInfo.InvariantCulture));
        if (message.Length > 0) Put("grpc-message", GrpcText.Escape(message));

        void Put(string name, string value)
        {
            if (trailersOnly) http.Response.Headers[name] = value;
            else http.Response.AppendTrailer(name, value);
        }
    }
}
