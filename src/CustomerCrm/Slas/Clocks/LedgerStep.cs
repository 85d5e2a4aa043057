using CustomerCrm.BusinessCalendars.Hours;

namespace CustomerCrm.Slas.Clocks;

/// <summary>A row of the ledger, as the arithmetic sees it.</summary>
/// <param name="Step">What happened to the clock.</param>
/// <param name="At">When; a row is never before the one that it follows.</param>
/// <param name="Terms">Of a start and a retarget; null for every other.</param>
internal sealed record LedgerStep(SlaStep Step, DateTimeOffset At, ClockTerms? Terms = null);

/// <summary>By what a clock is counted.</summary>
/// <param name="Target">How much open time there is; null: nothing is promised.</param>
/// <param name="Hours">What time is open.</param>
internal sealed record ClockTerms(TimeSpan? Target, BusinessHours Hours);
