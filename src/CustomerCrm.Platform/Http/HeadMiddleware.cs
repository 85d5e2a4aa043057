using Microsoft.AspNetCore.Http;

namespace CustomerCrm.Platform.Http;

/// <summary>HEAD answers like GET, without the body (RFC 9110, 9.3.2).</summary>
public sealed class HeadMiddleware(RequestDelegate next)
{
    private static readonly object asked = new();

    /// <summary>Whether the request asked for no body, though it is answered as a GET.</summary>
    public static bool IsHead(HttpContext http) => http.Items.ContainsKey(asked);

    public Task InvokeAsync(HttpContext http) => HttpMethods.IsHead(http.Request.Method) ? AnswerAsync(http) : next(http);

    private async Task AnswerAsync(HttpContext http)
    {
        var body = http.Response.Body;
        await using var counted = new CountingStream();
        http.Items[asked] = true;
        http.Request.Method = HttpMethods.Get;
        http.Response.Body = counted;
        try
        {
            await next(http);
            if (!http.Response.HasStarted && counted.Length > 0) http.Response.ContentLength ??= counted.Length;
        }
        finally
        {
            http.Response.Body = body;
            http.Request.Method = HttpMethods.Head;
        }
    }

    private sealed class CountingStream : Stream
    {
        private long length;

        public override bool CanRead => false;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => length;
        public override long Position { get => length; set => throw new NotSupportedException("Only counts."); }
        public override void Write(byte[] buffer, int offset, int count) => length += count;
        public override void Flush() { }
        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Only counts.");
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException("Only counts.");
        public override void SetLength(long value) => throw new NotSupportedException("Only counts.");
    }
}
