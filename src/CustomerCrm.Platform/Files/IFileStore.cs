namespace CustomerCrm.Platform.Files;

/// <summary>Keeps files that are too large for the database: what is imported, and what was exported. Each belongs to a tenant.</summary>
public interface IFileStore
{
    /// <summary>Writes the whole stream, or leaves nothing behind.</summary>
    /// <returns>How many bytes it has.</returns>
    /// <exception cref="Problems.ApiProblem">413: it is longer than <paramref name="most"/>.</exception>
    Task<long> SaveAsync(string name, Stream content, long most, CancellationToken ct);

    /// <summary>A new file to be written step by step; an old one of that name is replaced.</summary>
    Stream Create(string name);

    /// <exception cref="FileNotFoundException">There is none.</exception>
    Stream Open(string name);

    bool Has(string name);

    /// <summary>Does no harm where there is none.</summary>
    void Remove(string name);
}
