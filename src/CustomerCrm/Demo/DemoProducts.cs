namespace CustomerCrm.Demo;

/// <summary>What the demo shop sells, and where its customers' telephones are.</summary>
internal static class DemoProducts
{
    public static IList<Product> All { get; } =
    [
        new("BEAN-HOUSE", "House blend, 250 g", 1090),
        new("BEAN-HOUSE-1K", "House blend, 1 kg", 3690),
        new("BEAN-ETH", "Ethiopia Guji, 250 g", 1490),
        new("BEAN-COL", "Colombia Huila, 250 g", 1350),
        new("BEAN-DECAF", "Swiss Water decaf, 250 g", 1290),
        new("BEAN-ESP", "Espresso Notte, 500 g", 2190),
        new("FILTER-100", "Paper filters, 100", 690),
        new("DRIPPER", "Ceramic dripper", 2490),
        new("KETTLE", "Gooseneck kettle", 7900),
        new("GRINDER", "Hand grinder", 11900),
        new("SCALE", "Brewing scale", 4900),
        new("CUP-2", "Stoneware cups, 2", 2900),
        new("CLEAN", "Machine cleaner", 990),
        new("GIFT-50", "Gift box", 5000),
    ];

    public static IReadOnlyList<int> AreaCodes { get; } =
        [201, 202, 206, 212, 213, 214, 215, 216, 224, 240, 248, 253, 267, 281, 301, 303, 305, 310, 312, 313, 314];

    internal sealed record Product(string Sku, string Name, long PriceMinor);
}
