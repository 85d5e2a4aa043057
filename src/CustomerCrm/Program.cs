using CustomerCrm.Platform;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;

var builder = WebApplication.CreateBuilder(args);
builder.WebHost.ConfigureKestrel(kestrel =>
{
    kestrel.AddServerHeader = false;
    kestrel.Limits.MaxRequestBodySize = 1 << 20;
    kestrel.Limits.MaxRequestHeadersTotalSize = 16 << 10;
    kestrel.Limits.MaxRequestLineSize = 8 << 10;
});
builder.Services.AddPlatform(builder.Configuration, typeof(Program).Assembly);
builder.Services.AddAccess();

var app = builder.Build();
app.UsePlatform();
app.UseRouting();
app.UseAccess();
app.UseApiRules();

var api = app.MapApi();

await app.Services.GetRequiredService<Migrator>().MigrateAsync(typeof(Program).Assembly, CancellationToken.None);
await app.RunAsync();

public partial class Program;
