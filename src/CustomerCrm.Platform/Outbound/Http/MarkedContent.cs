using System.Net;
using System.Net.Http.Headers;

namespace CustomerCrm.Platform.Outbound.Http;

/// <summary>A body that knows whether anyone began to take it. Until then the provider cannot have a whole request, so nothing was sent.</summary>
internal sealed class MarkedContent : HttpContent
{
    private readonly byte[] body;
    private volatile bool isTaken;

    public MarkedContent(byte[] body, string mediaType)
    {
        this.body = body;
        Headers.ContentType = new MediaTypeHeaderValue(mediaType);
    }

    public bool IsTaken => isTaken;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        isTaken = true;
        return stream.WriteAsync(body, cancellationToken).AsTask();
    }

    protected override bool TryComputeLength(out long length)
    {
        length = body.Length;
        return true;
    }
}
