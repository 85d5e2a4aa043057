namespace CustomerCrm.Demo.Service;

/// <summary>What the demo shop explains on its help pages.</summary>
internal static class DemoArticles
{
    public static IReadOnlyList<(string Slug, string Name, string Description)> Categories { get; } =
    [
        ("delivery", "Orders and delivery", "Where it is, how to change it, and what to do when something is wrong."),
        ("brewing", "Brewing", "Grind, water, time: how our coffees taste best."),
        ("account", "Account and subscriptions", "Pause, change and pay."),
    ];

    public static IReadOnlyList<Text> All { get; } =
    [
        new("delivery", "Where is my order?", "How to follow a parcel, and when to write to us.", ["tracking", "parcel", "late"], """
            As soon as your parcel leaves the roastery you get an e-mail with a **tracking number**.

            1. Open the link in that e-mail.
            2. “Label created” means that it is packed and waits for the carrier: that takes a day at most.
            3. Most parcels arrive **two to four days** after that.

            Nothing has moved for five days? Write to us, and we send another one.
            """),
        new("delivery", "How long does delivery take, and what does it cost?", "Roasted on Monday and Thursday, shipped the day after.", ["shipping", "free shipping", "how long"], """
            We roast on **Mondays and Thursdays** and ship the day after.

            | Order | Costs |
            | --- | --- |
            | below $50 | $5.90 |
            | from $50 on | free |

            Orders that come before noon are part of the same day's roast.
            """),
        new("delivery", "Something arrived broken", "Keep the box, take a picture, and tell us: a new one leaves the next day.", ["damaged", "torn", "cracked"], """
            We are sorry! Please send a **picture of the box and of what is broken** by answering the e-mail of your order.

            You need not send anything back. You choose: *a new one*, or *your money back*.
            """),
        new("delivery", "How do I send something back?", "Thirty days, in whatever state the box is.", ["return", "refund", "rma"], """
            You have **30 days**. Coffee that you do not like counts, too.

            1. Ask for a label in your account, under *Orders*.
            2. Put everything into any box.
            3. The money is with you five days after it has arrived here.
            """),
        new("delivery", "Change the address of an order", "Possible until it has left the roastery.", ["moved", "wrong address"], """
            Until your parcel has left, you can change its address in your account, under *Orders*.

            After that only the carrier can: follow the tracking link and choose *Deliver elsewhere*.
            """),
        new("delivery", "I was charged twice", "Mostly it is a reservation that falls away by itself.", ["double charge", "card"], """
            Your bank shows a *reservation* as soon as you order, and the *booking* when the parcel leaves. For a few days you may see both.

            If both are still there after **five working days**, write to us with the number of the order.
            """),
        new("brewing", "Filter coffee with a dripper", "16 grams, 260 millilitres, three minutes.", ["pour over", "v60", "grind"], """
            - **16 g** of coffee, ground like coarse sand (hand grinder: 18 to 20 clicks)
            - **260 ml** of water at 94 °C

            Pour 40 ml and wait for half a minute. Then pour the rest in circles. It should have run through after **three minutes**: faster, grind finer; slower, grind coarser.
            """),
        new("brewing", "Espresso Notte: our recipe", "18 in, 36 out, 28 seconds.", ["espresso", "bitter", "sour"], """
            **18 g in, 36 g out, in 28 seconds**, at 93 °C.

            *Bitter?* Two clicks coarser. *Sour?* Two clicks finer. Change one thing at a time.
            """),
        new("brewing", "Which grind for which brewer?", "From Turkish to French press.", ["grinder", "clicks"], """
            | Brewer | Clicks of the hand grinder |
            | --- | --- |
            | Espresso | 8 to 10 |
            | Moka pot | 12 to 14 |
            | Dripper | 18 to 20 |
            | French press | 26 to 28 |
            """),
        new("brewing", "How to keep beans fresh", "Closed, dark, and not in the fridge.", ["storage", "freeze"], """
            Keep them in their bag, press the air out, and close it. They are best from **day 7 to day 40** after the roast.

            The freezer works for portions that you open only once. The fridge does not: coffee takes on every smell.
            """),
        new("brewing", "Descale a kettle", "Citric acid, a quarter of an hour, two rinses.", ["limescale", "kettle"], """
            One spoon of citric acid in a litre of water; boil, wait for a **quarter of an hour**, pour it away and boil clear water twice.
            """),
        new("brewing", "Is decaf as good?", "Swiss Water, without solvents.", ["decaf", "caffeine"], """
            Ours is decaffeinated with **water alone**. It has less than 0.1 % caffeine and is roasted a little darker, so grind it one click finer.
            """),
        new("account", "Pause or change a subscription", "Any time up to two days before the next delivery.", ["subscription", "pause", "skip"], """
            In your account, under *Subscription*, you can **pause**, change the coffee, or choose another rhythm: every one to eight weeks.

            What you change up to **two days before** a delivery holds for that one already.
            """),
        new("account", "Cancel a subscription", "At once, without a reason.", ["cancel", "end"], """
            Account, *Subscription*, *Cancel*. No letters, no calls. What is paid already is still delivered.
            """),
        new("account", "Ways to pay", "Cards, wallets, and by invoice for cafés.", ["payment", "invoice"], """
            Cards, Apple Pay, Google Pay and PayPal. Cafés and offices can pay **by invoice** within 14 days: ask us to switch it on.
            """),
        new("account", "Coffee for cafés and offices", "Better prices from ten kilograms a month.", ["wholesale", "business", "b2b"], """
            From **ten kilograms a month** on you get our list for businesses, and somebody who comes by with a grinder.

            Write to us with your town and about how much you drink.
            """),
    ];

    /// <param name="Category">The slug of its category.</param>
    /// <param name="Title">What is asked.</param>
    /// <param name="Summary">In a sentence.</param>
    /// <param name="Keywords">What people call it.</param>
    /// <param name="Body">Markdown.</param>
    internal sealed record Text(string Category, string Title, string Summary, string[] Keywords, string Body);
}
