namespace CustomerCrm.Imports.Command;

/// <summary><c>[=====>    ]  52 %  520 of 1000</c></summary>
internal static class ProgressBar
{
    private const int Width = 40;

    public static string Of(int done, int all)
    {
        var filled = all == 0 ? Width : (int)((long)done * Width / all);
        return $"[{new string('=', filled).PadRight(Width)}] {(all == 0 ? 100 : (long)done * 100 / all),3} %  {done} of {all}";
    }
}
