namespace CustomerCrm.Tenant;

/// <summary>Which of a tenant's two data sets.</summary>
public enum Mode
{
    Live,
    Test,
}
