using CustomerCrm.Preferences.Pages;

namespace CustomerCrm.Help.Pages;

/// <summary>How the help pages look, in the tenant's colour. Pure.</summary>
internal static class HelpStyle
{
    public static string Of(BrandColor color) => $$"""
        :root { color-scheme: light; }
        * { box-sizing: border-box; }
        body { margin: 0; font: 1.0625rem/1.6 system-ui, sans-serif; color: #1a1a1a; background: #ffffff; }
        header { background: {{color.Background}}; color: {{color.Text}}; padding: 1rem; }
        header div, main, .crumbs, footer { max-width: 46rem; margin: 0 auto; overflow-wrap: anywhere; }
        header p { display: flex; flex-wrap: wrap; justify-content: space-between; gap: .5rem 1.5rem; margin: 0; font-weight: 600; }
        header a { color: inherit; }
        header form { display: flex; gap: .5rem; margin: 1rem 0 0; }
        header form button { flex: none; }
        main { padding: 1rem; min-height: 50vh; }
        .crumbs { padding: 1rem 1rem 0; }
        .crumbs ol { display: flex; flex-wrap: wrap; list-style: none; margin: 0; padding: 0; }
        .crumbs li:not(:first-child)::before { content: "›"; padding: 0 .5rem; color: #595959; }
        footer { padding: 1rem; border-top: 1px solid #d0d0d0; }
        .languages ul { display: flex; flex-wrap: wrap; gap: .25rem 1rem; list-style: none; margin: 0; padding: 0; }
        h1 { font-size: 1.75rem; line-height: 1.25; margin: .5rem 0 1rem; }
        h2 { font-size: 1.3rem; line-height: 1.3; margin: 2rem 0 .5rem; }
        h3 { font-size: 1.1rem; margin: 1.5rem 0 .5rem; }
        a { color: #0b4f9e; }
        .list { list-style: none; margin: 0; padding: 0; }
        .list li { padding: .5rem 0; border-bottom: 1px solid #e3e3e3; }
        .list p { margin: .125rem 0 0; }
        .hint { color: #4a4a4a; }
        img { max-width: 100%; height: auto; }
        pre { overflow-x: auto; background: #f3f3f3; padding: .75rem; border-radius: .375rem; }
        code { background: #f3f3f3; border-radius: .25rem; padding: 0 .2rem; }
        table { border-collapse: collapse; display: block; overflow-x: auto; }
        th, td { border: 1px solid #b5b5b5; padding: .35rem .6rem; text-align: left; }
        blockquote { margin: 1rem 0; padding: 0 1rem; border-left: .25rem solid #b5b5b5; }
        label { display: block; font-weight: 600; margin: 1rem 0 .25rem; }
        input:not([type=checkbox]), textarea { width: 100%; font: inherit; padding: .5rem .75rem; min-height: 2.75rem; border: 1px solid #767676; border-radius: .375rem; background: #ffffff; color: #1a1a1a; }
        textarea { min-height: 9rem; }
        button { font: inherit; font-weight: 600; min-height: 2.75rem; padding: .5rem 1.25rem; border-radius: .375rem; border: 2px solid #1a1a1a; background: #ffffff; color: #1a1a1a; cursor: pointer; }
        main button { margin: 1rem .5rem 0 0; }
        button.main { background: {{color.Background}}; color: {{color.Text}}; border-color: {{color.Background}}; }
        :is(a, button, input, textarea):focus-visible { outline: 3px solid #0b4f9e; outline-offset: 2px; box-shadow: 0 0 0 2px #ffffff; }
        .vote { border-top: 1px solid #d0d0d0; margin-top: 2.5rem; padding-top: .5rem; }
        .done { border: 2px solid #1f6b34; border-radius: .5rem; padding: .75rem 1rem; font-weight: 600; }
        .wrong { border: 2px solid #a3151f; border-radius: .5rem; padding: .75rem 1rem; font-weight: 600; }
        .error { color: #a3151f; margin: .25rem 0 0; }
        .skip { position: absolute; left: -100rem; }
        .skip:focus { left: .5rem; top: .5rem; background: #ffffff; padding: .5rem; z-index: 1; }
        .visually-hidden, .trap { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
        """.ReplaceLineEndings("\n");
}
