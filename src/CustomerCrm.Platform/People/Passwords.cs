using System.Buffers.Binary;
using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using CustomerCrm.Platform.Problems;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace CustomerCrm.Platform.People;

/// <summary>
/// Hashes and checks passwords, slowly on purpose and a few at a time, so that sign-ins cannot take the processor from everybody
/// else. Never inside a transaction: on SQLite every other writer would wait. Each check is counted (<c>crm.passwords.checks</c>):
/// one for an unknown person must cost the same.
/// </summary>
public sealed class Passwords : IDisposable
{
    /// <summary>What OWASP asks of PBKDF2-HMAC-SHA512, as of 2026.</summary>
    public const int Iterations = 220_000;

    private const int MostWaiting = 64;
    private static readonly string nobodys = HashOfNothing();

    private readonly PasswordHasher<Passwords> hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = Iterations }));
    private readonly SemaphoreSlim atOnce = new(Math.Max(1, Environment.ProcessorCount / 2));
    private readonly Counter<long> checks;
    private int waiting;

    public Passwords(IMeterFactory meters) => checks = meters.Create("CustomerCrm.People").CreateCounter<long>("crm.passwords.checks");

    public Task<string> HashAsync(string password, CancellationToken ct) => RunAsync(() => hasher.HashPassword(this, password), ct);

    /// <param name="hash">What is kept of the right one; null for a person who does not exist, which takes as long.</param>
    /// <param name="password">The one that was given.</param>
    public async Task<PasswordCheck> CheckAsync(string? hash, string password, CancellationToken ct)
    {
        checks.Add(1);
        var verdict = await RunAsync(() => hasher.VerifyHashedPassword(this, hash ?? nobodys, password), ct);
        return hash is null ? PasswordCheck.Wrong : verdict switch
        {
            PasswordVerificationResult.Success => PasswordCheck.Right,
            PasswordVerificationResult.SuccessRehashNeeded => PasswordCheck.RightButOld,
            _ => PasswordCheck.Wrong,
        };
    }

    public void Dispose() => atOnce.Dispose();

    private async Task<T> RunAsync<T>(Func<T> work, CancellationToken ct)
    {
        try
        {
            if (Interlocked.Increment(ref waiting) > MostWaiting)
                throw ApiProblem.Other(503, "sign_in_busy", "Too many people are signing in at this moment. Nothing was done; try again.", TimeSpan.FromSeconds(2));
            await atOnce.WaitAsync(ct);
            try
            {
                return await Task.Run(work, ct);
            }
            finally
            {
                atOnce.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
    }

    // In the hasher's own form (version 3): marker, HMAC-SHA512, iterations, length of the salt, salt, key. No password has this key.
    private static string HashOfNothing()
    {
        var bytes = new byte[13 + 16 + 32];
        RandomNumberGenerator.Fill(bytes);
        bytes[0] = 1;
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(1), 2);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(5), Iterations);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(9), 16);
        return Convert.ToBase64String(bytes);
    }
}

public enum PasswordCheck
{
    Wrong,
    Right,

    /// <summary>Right, but hashed in a way of the past: to be hashed anew while it is known.</summary>
    RightButOld,
}
