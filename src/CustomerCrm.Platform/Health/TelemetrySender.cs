using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace CustomerCrm.Platform.Health;

/// <summary>Where telemetry goes. Null for the standard variables of OpenTelemetry, which the exporter reads itself.</summary>
internal sealed record Collector(Uri? Endpoint)
{
    /// <returns>Null: nowhere.</returns>
    /// <exception cref="ArgumentException">It is no address.</exception>
    public static Collector? Of(IConfiguration configuration) => configuration["Otlp:Endpoint"] is { Length: > 0 } endpoint
        ? new Collector(Uri.TryCreate(endpoint, UriKind.Absolute, out var uri) ? uri : throw new ArgumentException($"Otlp:Endpoint is an address such as http://localhost:4317, and '{endpoint}' is none."))
        : configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is { Length: > 0 } ? new Collector((Uri?)null) : null;
}

/// <summary>Sends metrics and traces by OTLP for as long as the program runs.</summary>
internal sealed class TelemetrySender(Collector collector) : IHostedService
{
    private MeterProvider? metrics;
    private TracerProvider? traces;

    public Task StartAsync(CancellationToken ct)
    {
        var resource = ResourceBuilder.CreateDefault().AddService(Telemetry.Name);
        metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource)
            .AddMeter(Telemetry.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime")
            .AddOtlpExporter(Send).Build();
        traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource)
            .AddSource(Telemetry.Name, "Microsoft.AspNetCore")
            .AddOtlpExporter(Send).Build();
        return Task.CompletedTask;
    }

    // Disposing sends what is left.
    public Task StopAsync(CancellationToken ct)
    {
        traces?.Dispose();
        metrics?.Dispose();
        return Task.CompletedTask;
    }

    private void Send(OtlpExporterOptions options)
    {
        if (collector.Endpoint is { } endpoint) options.Endpoint = endpoint;
    }
}
