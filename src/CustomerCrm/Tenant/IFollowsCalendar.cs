namespace CustomerCrm.Tenant;

/// <summary>Somebody who keeps what the tenant's days and weeks decide. Asked in the transaction that changes the time zone or the first day of the week.</summary>
public interface IFollowsCalendar
{
    /// <summary>Days and weeks begin at other times from now on.</summary>
    Task MovedAsync(CancellationToken ct);
}
