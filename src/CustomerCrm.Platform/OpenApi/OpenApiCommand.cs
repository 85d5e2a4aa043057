using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerCrm.Platform.OpenApi;

/// <summary><c>-- openapi [file]</c>: writes the contract to the file, or else to the output. Needs neither a database nor a port.</summary>
public static class OpenApiCommand
{
    public const string Name = "openapi";

    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(WebApplication app, CommandLine said, TextWriter output)
    {
        app.UseEndpoints(_ => { }); // makes the mapped routes known, as starting would
        var yaml = await app.Services.GetRequiredService<ContractText>().YamlAsync();
        if (said.Words is [var file]) await File.WriteAllTextAsync(file, yaml);
        else await output.WriteAsync(yaml);
        return 0;
    }
}
