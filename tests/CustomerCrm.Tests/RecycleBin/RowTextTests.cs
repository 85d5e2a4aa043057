using CustomerCrm.Platform.Records;

namespace CustomerCrm.Tests.RecycleBin;

public class RowTextTests
{
    [Test]
    public void Every_kind_of_value_comes_back_as_it_was()
    {
        var row = new Dictionary<string, object?>
        {
            ["Nothing"] = null, ["Text"] = "Čapek \"x\" 💡", ["Flag"] = true, ["Number"] = 9_007_199_254_740_993, ["Share"] = 0.1 + 0.2, ["Whole"] = 1.0,
            ["Bytes"] = new byte[] { 0, 255, 1 }, ["At"] = new DateTime(2030, 1, 15, 9, 0, 0, 123, DateTimeKind.Unspecified).AddTicks(4567),
        };

        var read = RowText.Read(RowText.Write([.. row.Keys], [row])).Single();

        Assert.That(read, Is.EqualTo(row));
        Assert.That(read["Whole"], Is.TypeOf<double>());
    }

    [Test]
    public void A_value_of_another_kind_is_refused_rather_than_bent() =>
        Assert.Throws<NotSupportedException>(() => RowText.Write(["Price"], [new Dictionary<string, object?> { ["Price"] = 1.5m }]));
}
