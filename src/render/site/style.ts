/** The one style sheet: readable on a phone, on a desk and in print, without a framework. */
export const STYLE = `
:root { --ink: #1c1c1c; --soft: #555; --line: #c9c9c9; --paper: #fff; --tint: #f4f6f8; --link: #0b4f8a; --accent: #0b4f8a; --mark: #fff3c4; --words: #7a3e00; --number: #00614a; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8e8e8; --soft: #b5b5b5; --line: #4a4a4a; --paper: #16181b; --tint: #20242a; --link: #8cc4ff; --accent: #8cc4ff; --mark: #5a4a00; --words: #f0b27a; --number: #7fd6bd; } }
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body { margin: 0; color: var(--ink); background: var(--paper); font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; }
a { color: var(--link); text-underline-offset: .15em; }
a:focus-visible, summary:focus-visible, input:focus-visible, .scroll:focus-visible, pre:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.skip { position: absolute; left: -99rem; } .skip:focus { left: 1rem; top: 1rem; background: var(--paper); padding: .5rem 1rem; z-index: 2; }
.bar { display: flex; flex-wrap: wrap; gap: .4rem 1.2rem; align-items: baseline; padding: .7rem 1.2rem; border-bottom: 1px solid var(--line); background: var(--tint); }
.bar .name { font-weight: 700; text-decoration: none; color: var(--ink); } .bar .lang { margin-left: auto; }
.frame { display: grid; grid-template-columns: minmax(12rem, 16rem) minmax(0, 1fr); gap: 2.5rem; max-width: 76rem; margin: 0 auto; padding: 1.2rem; }
.side { font-size: .9rem; } .side ol { list-style: none; margin: 0; padding: 0; } .side li { margin: .3rem 0; } .side a { text-decoration: none; } .side a:hover { text-decoration: underline; } .side [aria-current] { font-weight: 700; color: var(--ink); }
main { max-width: 56rem; overflow-wrap: break-word; } td { overflow-wrap: normal; } main p, main ul, main ol { max-width: 46rem; }
h1 { font-size: 1.7rem; line-height: 1.25; margin: .3rem 0 1rem; } h2 { font-size: 1.25rem; margin: 2.2rem 0 .5rem; } h3 { font-size: 1rem; margin: 1.2rem 0 .3rem; color: var(--soft); font-weight: 600; }
article { border-top: 1px solid var(--line); padding-top: .2rem; margin-top: 2rem; } article > h2 { margin-top: .8rem; } article > h2 .number { color: var(--accent); font-variant-numeric: tabular-nums; margin-right: .5rem; }
.piece { margin: .6rem 0; display: grid; grid-template-columns: 3.6rem minmax(0, 1fr); } .piece > .label { font-size: .88rem; line-height: 1.75; } .piece > .label { color: var(--soft); } .piece > .body { grid-column: 2; } .piece p { margin: 0; } .piece .more { color: var(--soft); font-size: .93rem; }
.piece.note, .piece.reading { font-size: .95rem; } .piece.reading > .body { border-left: 3px solid var(--line); padding-left: .8rem; } .piece.line > .body > p:first-child { font-weight: 600; }
.figure { white-space: nowrap; font-variant-numeric: tabular-nums; } .term { text-decoration-style: dotted; } [lang=fr].foreign { font-style: italic; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; margin: .4rem 0 .8rem; font-variant-numeric: tabular-nums; } th, td { padding: .25rem .9rem .25rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); } th { font-weight: 600; color: var(--soft); } td.number, th.number { text-align: right; } caption { position: absolute; clip-path: inset(50%); height: 1px; overflow: hidden; white-space: nowrap; }
.scroll { position: relative; max-width: 100%; } th:last-child, td:last-child { padding-right: 0; } thead th { vertical-align: bottom; font-size: .92em; } thead a.term { color: inherit; }
.wide th:first-child, .wide td:first-child { position: sticky; left: 0; background: var(--paper); padding-left: 0; } .wide th, .wide td { padding-right: .7rem; } .wide thead th { font-size: .84em; line-height: 1.35; }
tbody tr.total > * { border-bottom: 0; font-weight: 700; } td.sum { font-weight: 600; }
.links { font-size: .88rem; color: var(--soft); margin: .8rem 0 0; } .links div { margin: .1rem 0; } .links dt, .links dd { display: inline; margin: 0; } .links dt::after { content: " "; }
details { margin: .6rem 0; border: 1px solid var(--line); border-radius: .3rem; padding: .4rem .8rem; } summary { cursor: pointer; font-weight: 600; } pre { overflow-x: auto; font: .84rem/1.5 ui-monospace, "Cascadia Mono", "DejaVu Sans Mono", monospace; background: var(--tint); padding: .8rem; margin: .5rem 0; }
pre .k { color: var(--accent); } pre .c { color: var(--soft); font-style: italic; } pre .s { color: var(--words); } pre .n { color: var(--number); } pre .l { font-weight: 600; }
.pager { display: flex; justify-content: space-between; gap: 1rem; margin: 3rem 0 1rem; border-top: 1px solid var(--line); padding-top: 1rem; } footer { color: var(--soft); font-size: .85rem; padding: 1rem 1.2rem; border-top: 1px solid var(--line); }
label { display: block; margin: 0 0 .4rem; } main:focus { outline: none; } input[type=search] { font: inherit; width: 100%; max-width: 34rem; padding: .5rem .7rem; border: 1px solid var(--soft); border-radius: .3rem; background: var(--paper); color: var(--ink); } mark { background: var(--mark); color: inherit; } .hits { list-style: none; padding: 0; } .hits li { margin: .9rem 0; }
@media (max-width: 52rem) { .frame { grid-template-columns: minmax(0, 1fr); gap: .5rem; } .side { order: 2; border-top: 1px solid var(--line); padding-top: 1rem; } .piece { display: block; } .piece > .label:empty { display: none; } .piece > .label { font-weight: 600; } h1 { font-size: 1.4rem; } .bar { padding: .6rem 1.2rem; } .bar .lang { margin-left: 0; } details { padding: .4rem .6rem; }
  .stack table, .stack tbody, .stack tr, .stack td { display: block; } .stack thead { position: absolute; clip-path: inset(50%); height: 1px; overflow: hidden; } .stack tr { border-bottom: 1px solid var(--line); padding: .5rem 0; } .stack td { border: 0; padding: .1rem 0; } .stack td:empty { display: none; } .stack td::before { content: attr(data-head) " "; color: var(--soft); font-size: .88rem; } .stack td:first-child { font-weight: 600; } .stack td:first-child::before { content: none; } }
@media print { .bar, .side, .pager, .skip, footer, details:not([open]) { display: none; } .frame { display: block; padding: 0; } main { max-width: none; } a { color: inherit; text-decoration: none; } h2, h3 { break-after: avoid; } tr, .piece { break-inside: avoid; } body { font-size: 10.5pt; } }
`;
