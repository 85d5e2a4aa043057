using CustomerCrm.Analytics;

namespace CustomerCrm.Tests.Analytics;

/// <summary>Six customers and twelve purchases that can be counted by hand.</summary>
internal static class WorkedExample
{
    public static readonly DateOnly End = new(2024, 4, 30);

    public static PurchaseDays Days(DateOnly? through = null) => PurchaseDays.From(
        [
            Bought('A', 1, 5, 50), Bought('A', 2, 10, 40), Bought('A', 4, 1, 60),
            Bought('B', 1, 20, 30), Bought('B', 1, 25, 20),
            Bought('C', 1, 31, 80), Bought('C', 3, 1, 70),
            Bought('D', 2, 2, 25),
            Bought('E', 2, 15, 90), Bought('E', 3, 20, 10), Bought('E', 4, 15, 45),
            Bought('F', 3, 10, 15),
        ],
        through ?? End);

    private static Purchase Bought(char who, int month, int day, double amount) => new(who, new DateOnly(2024, month, day), amount);
}
