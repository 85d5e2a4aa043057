using CustomerCrm.Analytics.Lifetime;

namespace CustomerCrm.Tests.Analytics.Lifetime;

/// <summary>The models at given parameters against values computed independently with 50 digits.</summary>
public class GoldenPointTests
{
    private const double Precision = 1e-8;

    [TestCase(ModelKind.BgNbd, 0.243, 4.414, 0.793, 2.426, 0, 0.0, 39.0, 39.0, -0.55549816084146328, 1.0, 0.19453072170326547)] // published CDNOW; never repeated
    [TestCase(ModelKind.BgNbd, 0.243, 4.414, 0.793, 2.426, 2, 30.43, 38.86, 39.0, -9.4586063070662712, 0.72657857008067291, 1.2260281747671445)] // published CDNOW; published customer
    [TestCase(ModelKind.BgNbd, 0.243, 4.414, 0.793, 2.426, 26, 30.857142857142858, 31.0, 52.0, -37.726513328333015, 0.96885156285189593, 25.756492215378058)] // published CDNOW; frequent and recent
    [TestCase(ModelKind.BgNbd, 0.243, 4.414, 0.793, 2.426, 25, 20.0, 39.0, 52.0, -31.508212882630753, 1.6301660423712971e-5, 0.00035833246191121649)] // published CDNOW; frequent and long gone
    [TestCase(ModelKind.BgNbd, 0.243, 4.414, 0.793, 2.426, 10, 39.0, 39.0, 13.0, -27.483380113142247, 0.93510107210082658, 2.6163545392044776)] // published CDNOW; tx=T
    [TestCase(ModelKind.BgNbd, 0.243, 4.414, 0.793, 2.426, 3, 20.0, 39.0, 5200.0, -12.143517132617688, 0.46323539059918541, 16.626167939040675)] // published CDNOW; far horizon
    [TestCase(ModelKind.BgNbd, 0.243, 4.414, 0.793, 2.426, 161, 94.71429, 98.0, 26.0, -93.34473387713504, 0.51605792322631969, 19.292533301707883)] // published CDNOW; heavy buyer, gone
    [TestCase(ModelKind.BgNbd, 0.243, 4.414, 0.793, 2.426, 1000, 100.0, 104.0, 52.0, 1244.4979943045001, 5.8985262251564143e-14, 2.4085917339348906e-11)] // published CDNOW; very heavy
    [TestCase(ModelKind.BgNbd, 1.2, 8, 1.85, 3.18, 0, 0.0, 39.0, 39.0, -2.1248472720362671, 1.0, 0.75708607374680249)] // a>1; never repeated
    [TestCase(ModelKind.BgNbd, 1.2, 8, 1.85, 3.18, 2, 30.43, 38.86, 39.0, -9.0628197288182114, 0.54499849740124426, 1.0059774277280728)] // a>1; published customer
    [TestCase(ModelKind.BgNbd, 1.2, 8, 1.85, 3.18, 26, 30.857142857142858, 31.0, 52.0, -38.989894113158157, 0.93236572350361516, 16.123623880484498)] // a>1; frequent and recent
    [TestCase(ModelKind.BgNbd, 1.2, 8, 1.85, 3.18, 25, 20.0, 39.0, 52.0, -32.604257665935655, 1.8777860658565641e-5, 0.00028504304285841999)] // a>1; frequent and long gone
    [TestCase(ModelKind.BgNbd, 1.2, 8, 1.85, 3.18, 10, 39.0, 39.0, 13.0, -27.293356698804978, 0.86813970064148253, 2.2298241046577592)] // a>1; tx=T
    [TestCase(ModelKind.BgNbd, 1.2, 8, 1.85, 3.18, 3, 20.0, 39.0, 5200.0, -11.249868636873202, 0.24126776253084798, 1.9344577781019582)] // a>1; far horizon
    [TestCase(ModelKind.BgNbd, 1.2, 8, 1.85, 3.18, 161, 94.71429, 98.0, 26.0, -98.274119716725436, 0.34804131377704778, 11.332991277044498)] // a>1; heavy buyer, gone
    [TestCase(ModelKind.BgNbd, 1.2, 8, 1.85, 3.18, 1000, 100.0, 104.0, 52.0, 1211.6178524994886, 8.328248959817783e-14, 2.7182506198146209e-11)] // a>1; very heavy
    [TestCase(ModelKind.MbgNbd, 0.243, 4.414, 0.793, 2.426, 0, 0.0, 39.0, 39.0, -0.3874523195688844, 0.63707188335381966, 0.12704661231602361)] // published CDNOW; never repeated
    [TestCase(ModelKind.MbgNbd, 0.243, 4.414, 0.793, 2.426, 0, 0.0, 0.0, 39.0, 0.0, 0.753650201926064, 0.9911265335840404)] // published CDNOW; never repeated, T=0
    [TestCase(ModelKind.MbgNbd, 0.243, 4.414, 0.793, 2.426, 2, 30.43, 38.86, 39.0, -9.6871826362499614, 0.77441924262364617, 1.3404974284912132)] // published CDNOW; published customer
    [TestCase(ModelKind.MbgNbd, 0.243, 4.414, 0.793, 2.426, 26, 30.857142857142858, 31.0, 52.0, -37.755124665199865, 0.96991436861950261, 26.019265859510367)] // published CDNOW; frequent and recent
    [TestCase(ModelKind.MbgNbd, 0.243, 4.414, 0.793, 2.426, 25, 20.0, 39.0, 52.0, -31.573859401695025, 1.6918529591335339e-5, 0.00037501597976931487)] // published CDNOW; frequent and long gone
    [TestCase(ModelKind.MbgNbd, 0.243, 4.414, 0.793, 2.426, 10, 39.0, 39.0, 13.0, -27.550480770174362, 0.94001059081624934, 2.6458783752202733)] // published CDNOW; tx=T
    [TestCase(ModelKind.MbgNbd, 0.243, 4.414, 0.793, 2.426, 3, 20.0, 39.0, 5200.0, -12.384090325319104, 0.51409167867516884, 20.583723703481608)] // published CDNOW; far horizon
    [TestCase(ModelKind.MbgNbd, 0.243, 4.414, 0.793, 2.426, 161, 94.71429, 98.0, 26.0, -93.352540115257198, 0.51759062844856089, 19.359577283263148)] // published CDNOW; heavy buyer, gone
    [TestCase(ModelKind.MbgNbd, 0.243, 4.414, 0.793, 2.426, 1000, 100.0, 104.0, 52.0, 1244.4962054586165, 5.9044163520606049e-14, 2.4113293865581207e-11)] // published CDNOW; very heavy
    [TestCase(ModelKind.MbgNbd, 1.2, 8, 1.85, 3.18, 0, 0.0, 39.0, 39.0, -0.8134834908406734, 0.17034958542993138, 0.13426335506452326)] // a>1; never repeated
    [TestCase(ModelKind.MbgNbd, 1.2, 8, 1.85, 3.18, 0, 0.0, 0.0, 39.0, 0.0, 0.63220675944333996, 1.5683065066290274)] // a>1; never repeated, T=0
    [TestCase(ModelKind.MbgNbd, 1.2, 8, 1.85, 3.18, 2, 30.43, 38.86, 39.0, -9.4601391917054481, 0.59748002419284364, 1.147054847298911)] // a>1; published customer
    [TestCase(ModelKind.MbgNbd, 1.2, 8, 1.85, 3.18, 26, 30.857142857142858, 31.0, 52.0, -39.053685568749972, 0.93453180927411249, 16.43004233903561)] // a>1; frequent and recent
    [TestCase(ModelKind.MbgNbd, 1.2, 8, 1.85, 3.18, 25, 20.0, 39.0, 52.0, -32.703972448337618, 1.946871772544191e-5, 0.00030014769365804405)] // a>1; frequent and long gone
    [TestCase(ModelKind.MbgNbd, 1.2, 8, 1.85, 3.18, 10, 39.0, 39.0, 13.0, -27.434759330637596, 0.87691284098469727, 2.2767141267720326)] // a>1; tx=T
    [TestCase(ModelKind.MbgNbd, 1.2, 8, 1.85, 3.18, 3, 20.0, 39.0, 5200.0, -11.642723472205729, 0.27503433472626898, 2.5082414038754882)] // a>1; far horizon
    [TestCase(ModelKind.MbgNbd, 1.2, 8, 1.85, 3.18, 161, 94.71429, 98.0, 26.0, -98.289303729507101, 0.34942889572237301, 11.390507727265348)] // a>1; heavy buyer, gone
    [TestCase(ModelKind.MbgNbd, 1.2, 8, 1.85, 3.18, 1000, 100.0, 104.0, 52.0, 1211.6150127349246, 8.3365590926879432e-14, 2.7217626646276861e-11)] // a>1; very heavy
    [TestCase(ModelKind.ParetoNbd, 0.553, 10.578, 0.606, 11.669, 0, 0.0, 39.0, 39.0, -0.52150741887657742, 0.29446703101458643, 0.10652671317667202)] // published CDNOW; never repeated
    [TestCase(ModelKind.ParetoNbd, 0.553, 10.578, 0.606, 11.669, 1, 5.0, 38.86, 39.0, -4.8686730507856806, 0.25530439669044876, 0.26000110254380537)] // published CDNOW; one repeat
    [TestCase(ModelKind.ParetoNbd, 0.553, 10.578, 0.606, 11.669, 2, 30.43, 38.86, 39.0, -9.5542832451504057, 0.8691675591530112, 1.4551231932576025)] // published CDNOW; published customer
    [TestCase(ModelKind.ParetoNbd, 0.553, 10.578, 0.606, 11.669, 26, 30.857142857142858, 31.0, 52.0, -39.131626976116598, 0.9978742606099413, 25.457338440579877)] // published CDNOW; frequent and recent
    [TestCase(ModelKind.ParetoNbd, 0.553, 10.578, 0.606, 11.669, 25, 20.0, 39.0, 52.0, -34.412020232458284, 0.00014543676240845637, 0.0030925303642996972)] // published CDNOW; frequent and long gone
    [TestCase(ModelKind.ParetoNbd, 0.553, 10.578, 0.606, 11.669, 10, 39.0, 39.0, 13.0, -27.191584983629253, 1.0, 2.5773897193493638)] // published CDNOW; tx=T
    [TestCase(ModelKind.ParetoNbd, 0.553, 10.578, 0.606, 11.669, 3, 20.0, 39.0, 5200.0, -12.022950356394055, 0.52375752016863128, 25.21838871840557)] // published CDNOW; far horizon
    [TestCase(ModelKind.ParetoNbd, 0.553, 10.578, 0.606, 11.669, 161, 94.71429, 98.0, 26.0, -99.079626624677829, 0.65108416428527731, 23.577396292854973)] // published CDNOW; heavy buyer, gone
    [TestCase(ModelKind.ParetoNbd, 0.553, 10.578, 0.606, 11.669, 1000, 100.0, 104.0, 52.0, 1192.758126823449, 5.9154052765194778e-13, 2.3887354905631861e-10)] // published CDNOW; very heavy
    [TestCase(ModelKind.ParetoNbd, 0.8, 10, 0.6, 10, 0, 0.0, 39.0, 39.0, -0.71267948797077287, 0.22041353352890263, 0.11633673004334746)] // alpha=beta; never repeated
    [TestCase(ModelKind.ParetoNbd, 0.8, 10, 0.6, 10, 1, 5.0, 38.86, 39.0, -4.7227654653700798, 0.19983550741975692, 0.23789678927943449)] // alpha=beta; one repeat
    [TestCase(ModelKind.ParetoNbd, 0.8, 10, 0.6, 10, 2, 30.43, 38.86, 39.0, -9.4861962743291859, 0.8624291264266862, 1.5970733570376084)] // alpha=beta; published customer
    [TestCase(ModelKind.ParetoNbd, 0.8, 10, 0.6, 10, 26, 30.857142857142858, 31.0, 52.0, -38.07110244692319, 0.99780716218795578, 25.915531627740202)] // alpha=beta; frequent and recent
    [TestCase(ModelKind.ParetoNbd, 0.8, 10, 0.6, 10, 25, 20.0, 39.0, 52.0, -33.147496143849796, 0.00010428768424605237, 0.0022568881822449248)] // alpha=beta; frequent and long gone
    [TestCase(ModelKind.ParetoNbd, 0.8, 10, 0.6, 10, 10, 39.0, 39.0, 13.0, -26.659214382263559, 1.0, 2.6648398410999832)] // alpha=beta; tx=T
    [TestCase(ModelKind.ParetoNbd, 0.8, 10, 0.6, 10, 3, 20.0, 39.0, 5200.0, -11.7909370767102, 0.48909889337386308, 25.48864980044369)] // alpha=beta; far horizon
    [TestCase(ModelKind.ParetoNbd, 0.8, 10, 0.6, 10, 161, 94.71429, 98.0, 26.0, -97.316054120343281, 0.64338363786741395, 23.452376283439818)] // alpha=beta; heavy buyer, gone
    [TestCase(ModelKind.ParetoNbd, 0.8, 10, 0.6, 10, 1000, 100.0, 104.0, 52.0, 1199.3370886639739, 4.8817229196572182e-13, 1.9811361197830217e-10)] // alpha=beta; very heavy
    public void A_model_at_a_point(
        ModelKind kind, double p1, double p2, double p3, double p4, int x, double recency, double age, double weeks, double logLikelihood, double alive, double expected)
    {
        var model = Models.Of(kind, p1, p2, p3, p4);

        Assert.That(model.LogLikelihood(x, recency, age), Near(logLikelihood));
        Assert.That(model.ProbabilityAlive(x, recency, age), Near(alive));
        Assert.That(model.ExpectedPurchases(x, recency, age, weeks), Near(expected));
    }

    [Test]
    public void Every_golden_point_that_is_at_hand()
    {
        foreach (var row in SharedReference.Csv("reference/golden_points_share.csv"))
        {
            var n = row[1..12].Select(SharedReference.Number).ToArray();
            var kind = row[0] switch { "bgnbd" => ModelKind.BgNbd, "mbgnbd" => ModelKind.MbgNbd, _ => ModelKind.ParetoNbd };

            A_model_at_a_point(kind, n[0], n[1], n[2], n[3], (int)n[4], n[5], n[6], n[7], n[8], n[9], n[10]);
        }
    }

    private static NUnit.Framework.Constraints.EqualNumericWithoutUsingConstraint<double> Near(double value) =>
        Is.EqualTo(value).Within(value == 0 ? 1e-12 : Precision * Math.Abs(value));
}
