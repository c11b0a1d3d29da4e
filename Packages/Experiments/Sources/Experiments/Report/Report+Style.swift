extension Report {
  /// The style of the page: one column of text beside the list of exercises, both colour schemes, and paper.
  static let style = """

    :root { --ink: #1d2127; --soft: #59636e; --paper: #fff; --card: #f6f7f9; --line: #d9dee4; --accent: #0b5fae;
      --good: #116b3c; --bad: #b3261e; --goodback: #e3f4ea; --badback: #fbe7e5; }
    @media (prefers-color-scheme: dark) { :root { --ink: #e4e7eb; --soft: #a0a9b4; --paper: #14171b; --card: #1d2228;
      --line: #343b44; --accent: #7db8f2; --good: #7fd6a4; --bad: #ff9d94; --goodback: #17342a; --badback: #43211e; } }
    * { box-sizing: border-box; }
    html { scroll-padding-top: 1rem; -webkit-text-size-adjust: 100%; }
    body { margin: 0; color: var(--ink); background: var(--paper); font: 16px/1.6 system-ui, "DejaVu Sans", sans-serif; }
    a { color: var(--accent); text-decoration: none; }
    a:hover { text-decoration: underline; }
    nav { padding: 1rem 1.25rem; font-size: .875rem; line-height: 1.4; border-bottom: 1px solid var(--line);
      background: var(--card); max-height: 40vh; overflow-y: auto; }
    nav .brand { font-size: 1.25rem; font-weight: 700; margin: 0 0 .5rem; }
    nav p { font-weight: 600; margin: .75rem 0 .25rem; }
    nav ul { list-style: none; margin: 0; padding: 0; }
    nav li { margin: .3rem 0; }
    nav li a { color: var(--soft); }
    main { padding: 1rem 1.25rem 4rem; max-width: 54rem; margin: 0 auto; }
    h1, h2, h3, h4 { line-height: 1.25; text-wrap: balance; }
    .title { font-size: 2.25rem; margin: 1rem 0 .25rem; }
    .lead { font-size: 1.125rem; color: var(--soft); max-width: 40rem; margin-top: 0; }
    .facts { display: flex; flex-wrap: wrap; gap: .75rem 2.5rem; margin: 1.5rem 0; }
    .facts dt { color: var(--soft); font-size: .875rem; }
    .facts dd { margin: 0; font-size: 1.5rem; font-weight: 600; font-variant-numeric: tabular-nums; }
    .facts div { display: flex; flex-direction: column-reverse; }
    .origin { color: var(--soft); font-size: .875rem; }
    .sheet > h1 { margin: 3.5rem 0 1rem; padding-top: 1rem; border-top: 3px solid var(--accent); font-size: 1.75rem; }
    .sheet > h2 { margin: 2.5rem 0 1rem; font-size: 1.35rem; color: var(--soft); font-weight: 600; }
    article { margin: 0 0 3rem; padding-top: .25rem; border-top: 1px solid var(--line); }
    article h3 { font-size: 1.25rem; margin: 1rem 0 .75rem; }
    article h4 { font-size: 1.0625rem; margin: 1.75rem 0 .5rem; }
    .number { color: var(--soft); font-weight: 400; margin-right: .25rem; }
    .chip { font-size: .75rem; font-weight: 600; padding: .15rem .6rem; border-radius: 1rem; white-space: nowrap;
      vertical-align: middle; }
    .chip.pass { color: var(--good); background: var(--goodback); }
    .chip.fail { color: var(--bad); background: var(--badback); }
    b.fail, p.fail { color: var(--bad); }
    blockquote { margin: 0 0 1rem; padding: .6rem 1rem; background: var(--card); border-radius: .4rem; color: var(--soft); }
    p, figcaption { overflow-wrap: break-word; }
    pre { overflow-x: auto; margin: 1rem 0; padding: .75rem 1rem; background: var(--card); border-radius: .4rem; }
    pre.formula { font: 0.9375rem/1.7 "DejaVu Sans Mono", ui-monospace, Menlo, monospace;
      white-space: pre-wrap; overflow-wrap: anywhere; }
    pre.listing, code { font-family: ui-monospace, "DejaVu Sans Mono", Menlo, monospace; }
    pre.listing { font-size: .8125rem; line-height: 1.45; }
    code { font-size: .875em; overflow-wrap: anywhere; }
    .wide { overflow-x: auto; margin: 1rem 0; }
    table { border-collapse: collapse; font-size: .875rem; font-variant-numeric: tabular-nums; min-width: 50%; }
    caption { text-align: left; font-weight: 600; padding: .25rem 0; }
    th, td { text-align: left; padding: .3rem .9rem .3rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
    th { color: var(--soft); font-weight: 600; }
    .n { text-align: right; white-space: nowrap; }
    .checks { width: 100%; }
    .checks tr.pass td:last-child { color: var(--good); }
    .checks tr.fail td { color: var(--bad); font-weight: 600; }
    .checks tr.shown td:last-child { color: var(--soft); }
    figure { margin: 1.5rem 0; }
    img { display: block; max-width: 100%; height: auto; background: #fff; border-radius: .4rem; }
    figcaption { color: var(--soft); font-size: .875rem; margin-top: .5rem; }
    footer { color: var(--soft); font-size: .8125rem; overflow-wrap: anywhere; }
    @media (min-width: 70rem) {
      body { display: grid; grid-template-columns: 20rem minmax(0, 1fr); }
      nav { position: sticky; top: 0; height: 100vh; max-height: none; border-bottom: 0;
        border-right: 1px solid var(--line); }
      main { width: 100%; }
    }
    @media (prefers-color-scheme: dark) { img { padding: .25rem; } }
    @media print {
      :root { --ink: #000; --soft: #444; --paper: #fff; --card: #f4f4f4; --line: #ccc; --accent: #000; --good: #000;
        --bad: #000; --goodback: #eee; --badback: #ddd; }
      nav { display: none; }
      body { display: block; font-size: 10.5pt; }
      main { max-width: none; padding: 0; }
      .sheet > h1 { break-before: page; }
      h1, h2, h3, h4, blockquote, caption { break-after: avoid; }
      figure, tr, pre { break-inside: avoid; }
      .wide, pre { overflow: visible; }
    }

    """
}
