/** How the page looks, by day and by night, on wide and narrow screens. */
export const STYLE = `
:root { color-scheme: light dark; --ink: #1d2733; --soft: #5c6875; --faint: #dfe4ea; --paper: #ffffff; --panel: #f6f8fa;
  --blue: #3b73d9; --pale: #bfd2f5; --orange: #d2730a; --red: #c8363f; }
@media (prefers-color-scheme: dark) { :root { --ink: #e4e9ef; --soft: #97a3b1; --faint: #2f3843; --paper: #12171d;
  --panel: #1a2028; --blue: #6c9cf0; --pale: #2c436e; --orange: #eb9a3d; --red: #f0717a; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1200px; padding: 24px 20px 64px; background: var(--paper); color: var(--ink);
  font: 15px/1.5 system-ui, sans-serif; }
h1 { font-size: 26px; line-height: 1.25; margin: 0; overflow-wrap: anywhere; }
h2 { font-size: 19px; margin: 44px 0 4px; }
h3 { font-size: 15px; margin: 24px 0 4px; }
p { margin: 4px 0 12px; max-width: 76ch; }
ul { margin: 4px 0 12px; padding-left: 20px; max-width: 92ch; } li { margin: 2px 0; }
.soft, .legend, figcaption, footer { color: var(--soft); font-size: 14px; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 10px; margin: 20px 0 0; padding: 0; }
.tiles > div { background: var(--panel); border-radius: 8px; padding: 10px 14px; min-width: 0; }
.tiles dt { color: var(--soft); font-size: 13px; }
.tiles dd { margin: 0; font-size: 21px; font-variant-numeric: tabular-nums; }
.tiles small { display: block; color: var(--soft); font-size: 12.5px; overflow-wrap: anywhere; }
.plot { display: grid; grid-template-columns: 74px 1fr; margin: 26px 0 8px; }
.plot .axis, .plot .area { position: relative; height: 260px; }
.plot.low .axis, .plot.low .area { height: 150px; }
.plot svg { position: absolute; width: 100%; height: 100%; overflow: visible; }
.plot .ends { grid-column: 2; display: flex; justify-content: space-between; color: var(--soft); font-size: 12.5px; }
.tick { position: absolute; right: 10px; transform: translateY(-50%); color: var(--soft); font-size: 12.5px; white-space: nowrap; }
.label { position: absolute; padding: 0 4px 2px; font-size: 12.5px; max-width: 60%; overflow-wrap: anywhere; pointer-events: none; }
.label.strong { color: var(--red); font-weight: 600; }
.grid { stroke: var(--faint); stroke-width: 1px; vector-effect: non-scaling-stroke; }
.bar, .own { fill: var(--blue); } .kept { fill: var(--pale); } .worst { fill: var(--red); } .island { fill: var(--orange); }
.hit { fill: transparent; } .hit:hover { fill: var(--ink); fill-opacity: 0.12; } rect.bar:hover, rect.worst:hover, rect.island:hover { opacity: 0.7; }
.peak { stroke: var(--red); stroke-width: 2px; vector-effect: non-scaling-stroke; }
.line { fill: none; stroke: var(--orange); stroke-width: 2px; vector-effect: non-scaling-stroke; }
.key { display: inline-block; width: 12px; height: 12px; margin: 0 5px 0 12px; border-radius: 2px; vertical-align: -1px; }
.key:first-child { margin-left: 0; }
.key.bar, .key.own { background: var(--blue); } .key.kept { background: var(--pale); } .key.worst { background: var(--red); }
.key.island { background: var(--orange); } .key.line { background: var(--orange); height: 3px; vertical-align: 4px; }
.scroll { overflow-x: auto; margin: 8px 0 12px; } .scroll.tall { max-height: 640px; overflow-y: auto; }
table { border-collapse: collapse; font-size: 13px; font-variant-numeric: tabular-nums; width: 100%; }
th, td { padding: 4px 8px; text-align: right; white-space: nowrap; border-bottom: 1px solid var(--faint); }
th { color: var(--soft); font-weight: 600; background: var(--paper); position: sticky; top: 0; }
th:first-child, td:first-child, td:nth-child(2), th:nth-child(2), .left th, .left td { text-align: left; }
.sortable td:nth-child(3), .sortable th:nth-child(3) { text-align: left; }
th button { all: unset; cursor: pointer; } th button:focus-visible { outline: 2px solid var(--blue); outline-offset: 2px; }
th[aria-sort=descending] button::after { content: ' ↓'; } th[aria-sort=ascending] button::after { content: ' ↑'; }
tr.float td:first-child { border-left: 3px solid var(--orange); }
.command { white-space: normal; min-width: 220px; }
.sortable td:first-child, .sortable th:first-child { position: sticky; left: 0; background: var(--paper); }
.sortable th:first-child { z-index: 1; }
.track { width: 120px; padding: 0 4px; } .track svg { display: block; width: 120px; height: 14px; }
.histogram { display: block; width: 96px; height: 20px; margin-left: auto; }
.share { display: block; width: 120px; height: 8px; margin: 2px 0; }
.boards td { vertical-align: top; } .boards .soft { font-size: 12.5px; } .boards td:last-child { white-space: normal; min-width: 200px; }
.boards :is(td, th):is(:nth-child(5), :nth-child(6)) { text-align: right; }
.verdict.no { color: var(--red); } .verdict.external { color: var(--orange); }
summary { cursor: pointer; color: var(--soft); }
code { font: 13px ui-monospace, monospace; background: var(--panel); padding: 1px 5px; border-radius: 4px; overflow-wrap: anywhere; }
footer { margin-top: 48px; border-top: 1px solid var(--faint); padding-top: 12px; }
@media (max-width: 620px) { body { padding: 16px 12px 48px; } .plot { grid-template-columns: 62px 1fr; } .tick { right: 6px; font-size: 12px; }
  .plot .axis, .plot .area { height: 200px; } h1 { font-size: 22px; } }`;
