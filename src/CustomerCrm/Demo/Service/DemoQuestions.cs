using CustomerCrm.Tickets;

namespace CustomerCrm.Demo.Service;

/// <summary>What customers of a coffee roaster ask, and what its people answer.</summary>
internal static class DemoQuestions
{
    public static IReadOnlyList<Question> All { get; } =
    [
        new("delivery", 9, TicketType.Question, ["Where is my order?", "No tracking yet", "Parcel late", "When does it arrive?"],
            ["Hello, I ordered last week and have not heard anything since. Could you tell me where the parcel is?", "The tracking page has said “label created” for four days now. Is it lost?", "It was meant to be here on Friday and we are out of coffee. When will it come?"],
            ["Hello {0}, I am sorry for the wait. Your parcel left our house yesterday and should be with you within two days. I have sent the tracking number again.", "Hello {0}, the carrier had a delay at the depot. I have asked them to hurry, and shipped a second bag at our cost in case it does not turn up by Thursday."]),
        new("damage", 4, TicketType.Incident, ["Bag torn in the box", "Cup arrived broken", "Dripper has a crack"],
            ["One of the two bags was open and the beans were all over the box. I can send a picture.", "The stoneware cup came in three pieces. It was a present, and I am rather sad about it.", "The ceramic dripper has a hair crack from top to bottom. I would not pour boiling water into it."],
            ["Hello {0}, I am so sorry. A new one leaves today, and you need not send anything back. A picture would help us with the packaging.", "Hello {0}, that should not happen. Would you rather have a new one, or your money back? Either is done in a minute."]),
        new("refund", 4, TicketType.Question, ["Refund for a returned grinder", "Charged twice", "How do I send something back?"],
            ["I sent the grinder back two weeks ago and have not seen the money. The return number is on the label.", "My card was charged twice for the same order. Please have a look.", "I would like to return the kettle, it is too heavy for my wrist. It is unused."],
            ["Hello {0}, we received it on Monday, and the refund was booked this morning. Banks take two to three days.", "Hello {0}, one of the two was only a reservation and falls away by itself. If it is still there on Friday, write to me and I will take care of it."]),
        new("brewing", 5, TicketType.Question, ["Which grind for a dripper?", "Bitter espresso", "Water temperature for Guji"],
            ["My filter coffee runs through in a minute and tastes thin. Which setting of the hand grinder do you recommend?", "Espresso Notte tastes bitter with my machine. What am I doing wrong?", "At what temperature do you brew the Guji? It is sour for me at 90 degrees."],
            ["Hello {0}, try 18 to 20 clicks and 16 grams on 260 millilitres; it should take three minutes. There is an article about it in our help pages.", "Hello {0}, bitter mostly means too fine or too long. Aim for 36 grams out of 18 in 28 seconds, then go two clicks coarser."]),
        new("subscription", 4, TicketType.Task, ["Pause my subscription", "Change to decaf", "Every three weeks instead of two"],
            ["We are away for the whole of next month. Can you pause the subscription until we are back?", "Could I get the decaf instead of the house blend from the next delivery on?", "Two bags every two weeks are too much for us. Could it be every three weeks?"],
            ["Hello {0}, done. You get a letter before it begins again, and you can change it in your account at any time.", "Hello {0}, that is changed from the next delivery on. Enjoy it!"]),
        new("address", 3, TicketType.Task, ["Wrong address on my order", "We have moved", "Deliver to the office"],
            ["I forgot to change the address. Can you still send it to our new place?", "We moved last week and the old address is still in the account.", "Please deliver this one to my office, there is somebody at the door until six."],
            ["Hello {0}, it had not left yet, so I changed it. The new label is in your mailbox.", "Hello {0}, I have put the new address on this order and into your account."]),
        new("wholesale", 1, TicketType.Question, ["Prices for a small café", "Coffee for an office of 40"],
            ["We open a café in spring and would like to serve your house blend. Do you have a price list for businesses?", "There are forty of us and we drink a lot. Is there a better price from ten kilograms on?"],
            ["Hello {0}, with pleasure. I have asked Priya, who looks after cafés, to call you tomorrow with a list and a date for a tasting."]),
    ];

    public static IReadOnlyList<string> Thanks { get; } = ["Thank you, that was quick!", "Perfect, thanks a lot.", "It came today. Thank you for your help.", "Great, I will try that tomorrow morning."];

    public static IReadOnlyList<string> Insists { get; } = ["It is still not here. Could you look again, please?", "Thanks, but that did not help. What else can I try?", "I have not heard from anybody since. This is not the service I am used to from you."];

    public static IReadOnlyList<string> Notes { get; } = ["Called the carrier: in the depot since Tuesday.", "Third question about this lot; told the roastery.", "Good customer for years, be generous."];

    public static IReadOnlyList<string> Praise { get; } = ["Maya was wonderful.", "Quick and kind, as always.", "Solved in one answer.", "Best support of any shop I buy from."];

    public static IReadOnlyList<string> Blame { get; } = ["It took far too long.", "I had to explain everything twice.", "The second parcel was late, too."];

    /// <param name="Tag">What it is about.</param>
    /// <param name="Weight">How often it is asked.</param>
    /// <param name="Type">As what.</param>
    /// <param name="Subjects">One of them.</param>
    /// <param name="Texts">One of them.</param>
    /// <param name="Answers">One of them; {0} is the customer.</param>
    internal sealed record Question(string Tag, int Weight, TicketType Type, string[] Subjects, string[] Texts, string[] Answers);
}
