namespace Microsoft.SqlServer.Server;

// SqlClient asks for an assembly of this name at run time, for the CLR types that people define inside SQL Server.
// The package of that name is not in every registry and this product defines no such types: these four
// declarations are all that SqlClient looks at. A project wins over the package of its name in restore.

/// <summary>How SQL Server would keep a user-defined type.</summary>
public enum Format { Unknown = 0, Native = 1, UserDefined = 2 }

/// <summary>A user-defined type that writes itself.</summary>
public interface IBinarySerialize
{
    void Read(BinaryReader r);
    void Write(BinaryWriter w);
}

/// <summary>A type is not fit to be a user-defined type.</summary>
public sealed class InvalidUdtException(string message) : SystemException(message)
{
    public static InvalidUdtException Create(Type udtType, string resourceReason) => new($"{udtType}: {resourceReason}");
}

/// <summary>Marks a user-defined type.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
public sealed class SqlUserDefinedTypeAttribute(Format format) : Attribute
{
    public Format Format { get; } = format;
    public int MaxByteSize { get; set; }
    public bool IsFixedLength { get; set; }
    public bool IsByteOrdered { get; set; }
    public string? ValidationMethodName { get; set; }
    public string? Name { get; set; }
}
