/** The looks of the page: one column, dark on white, the colours of the plots; on paper, black on white and no row cut in two. */
export const STYLE = `
:root { color-scheme: light; --ink: #1c1c1c; --soft: #555; --rule: #d8d8d8; --old: #a33c00; --new: #00614a; --accent: #005a8f; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.5rem clamp(1rem, 4vw, 3rem) 4rem; max-width: 68rem; color: var(--ink); background: #fff; font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; }
h1 { font-size: clamp(1.4rem, 4vw, 2rem); line-height: 1.2; margin: 0 0 .25rem; }
h2 { font-size: 1.4rem; margin: 2.5rem 0 .5rem; padding-bottom: .25rem; border-bottom: 3px solid var(--accent); }
h3 { font-size: 1.05rem; margin: 2rem 0 .5rem; line-height: 1.3; }
.number { color: var(--accent); font-variant-numeric: tabular-nums; margin-right: .35rem; }
.editions { color: var(--soft); margin: 0; }
nav ul { list-style: none; display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: 1rem 0 0; padding: 0; }
a { color: var(--accent); }
.said { color: var(--soft); margin: .4rem 0; max-width: 46rem; }
.key { font-size: 1.15rem; font-weight: 600; margin: .6rem 0; }
.where { color: var(--soft); margin: -.3rem 0 .5rem; font-size: .9rem; }
.scroll { overflow-x: auto; margin: .5rem 0; }
.scroll:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
table { border-collapse: collapse; font-size: .92rem; font-variant-numeric: tabular-nums; min-width: min(100%, 24rem); }
th, td { padding: .3rem .8rem .3rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--rule); }
thead th { border-bottom: 2px solid var(--soft); font-weight: 600; white-space: nowrap; }
tbody th { font-weight: 400; }
th.n, td.n { text-align: right; white-space: nowrap; padding-left: .8rem; padding-right: .2rem; }
.short { white-space: nowrap; }
td.code { font-family: ui-monospace, "DejaVu Sans Mono", monospace; font-size: .85em; }
td.old, del { color: var(--old); }
td.new, ins { color: var(--new); text-decoration: none; }
td.new { font-weight: 600; }
article { padding-top: .25rem; }
dl { margin: .5rem 0; }
dt { margin-top: .6rem; }
dd { margin: .1rem 0 0 1rem; overflow-wrap: anywhere; }
dd del::before { content: "\\2212\\00a0"; text-decoration: none; display: inline-block; }
dd ins::before { content: "+\\00a0"; }
.kind { font-size: .8rem; color: var(--soft); border: 1px solid var(--rule); border-radius: .6rem; padding: 0 .45rem; margin-left: .25rem; white-space: nowrap; }
figure { margin: .75rem 0; }
figure svg { max-width: 100%; height: auto; }
.narrow { display: none; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
@media screen and (max-width: 760px) { .wide { display: none; } .narrow { display: block; } body { font-size: .95rem; } th, td { padding-right: .6rem; } }
@media print { body { max-width: none; padding: 0; font-size: 9.5pt; } nav { display: none; } .scroll { overflow: visible; } figure, tr { break-inside: avoid; } thead { display: table-header-group; } h2, h3 { break-after: avoid; } th.n, td.n { padding-left: .4rem; } table { font-size: 8.5pt; } }
`;
