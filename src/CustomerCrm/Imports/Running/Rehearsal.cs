using System.Security.Cryptography;
using System.Text;
using CustomerCrm.Customers.Identities.Forms;

namespace CustomerCrm.Imports.Running;

/// <summary>
/// What a dry run remembers, since the database does not show it: what earlier rows of the file would have made or changed. It first sees all rows, and then
/// remembers only what several of them are about, so that a long file whose rows are strangers takes little memory.
/// </summary>
internal sealed class Rehearsal
{
    // 64 bits of a hash each, so that a million rows take some megabytes; two that meet by chance are decided with care, and no worse.
    private readonly HashSet<long> named = [], again = [];
    private readonly Dictionary<object, object> states = [];

    /// <summary>A row comes, in a first pass over all of them.</summary>
    public void See(RowPlan plan)
    {
        foreach (var name in plan.Names.Select(HashOf))
            if (!named.Add(name)) again.Add(name);
    }

    /// <summary>All rows were seen.</summary>
    public void Begin()
    {
        named.Clear();
        named.TrimExcess();
    }

    /// <summary>Another row is about the same.</summary>
    public bool Concerns(RowPlan plan) => again.Count > 0 && plan.Names.Any(Concerns);

    /// <summary>What earlier rows made of it; null if nothing.</summary>
    public T? Find<T>(object name) where T : class => states.GetValueOrDefault(name) as T;

    public void Keep(object name, object state) => states[name] = state;

    /// <summary>The same, of one of several names of a row: those that no other row has are not remembered.</summary>
    public void KeepIfNeeded(object name, object state)
    {
        if (Concerns(name)) Keep(name, state);
    }

    private bool Concerns(object name) => again.Contains(HashOf(name));

    private static long HashOf(object name) =>
        BitConverter.ToInt64(SHA256.HashData(Encoding.UTF8.GetBytes(name is Identifier identity ? $"{(int)identity.Kind}|{identity.Source}|{identity.Key}" : $"{name}")));
}
