namespace CustomerCrm.Analytics.Lifetime;

/// <summary>The probabilities of 0, 1, 2 … purchases of a customer who is there now, one after the other.</summary>
internal abstract class CountsIfAlive
{
    public abstract double Next();
}
