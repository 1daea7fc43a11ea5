/** The style of the back office: wide and dense; on a phone a table's rows are cards. */
export const backOfficeStyle = `
body { padding: 0 0 3rem; }
header, main { max-width: 78rem; margin-inline: auto; padding-inline: 1rem; }
header { position: relative; }
.top { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem 1.25rem; padding-block: .75rem; font-size: .875rem; color: var(--soft); }
.top .name { white-space: nowrap; padding: .125rem .75rem; border-radius: 1rem; background: #ffd666; color: #33260a; }
#live { margin-left: auto; }
.clock details { margin: 0; border: 0; }
.clock summary { padding: .25rem .5rem; border-radius: .5rem; font-weight: 400; color: var(--ink); font-variant-numeric: tabular-nums; }
.clock summary:hover { background: var(--tint); }
.offset { margin-left: .5rem; padding: 0 .5rem; border-radius: 1rem; background: var(--tint); color: var(--ink); white-space: nowrap; }
.menu { position: absolute; z-index: 2; max-width: calc(100vw - 2rem); padding: 1rem; background: var(--card); border: 1px solid var(--line); border-radius: .75rem; box-shadow: 0 8px 24px #0000002e; color: var(--ink); }
.menu p { margin: 0 0 .5rem; }
nav ul { display: flex; flex-wrap: wrap; gap: 0 .25rem; margin: 0; padding: 0; list-style: none; border-bottom: 1px solid var(--line); }
header nav a { display: block; padding: .625rem .875rem; color: var(--soft); text-decoration: none; border-bottom: 3px solid transparent; margin-bottom: -1px; }
header nav a:hover { color: var(--ink); }
header nav a[aria-current] { color: var(--ink); font-weight: 600; border-color: var(--accent); }
.banner { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center; justify-content: space-between; margin-top: 1rem; padding: .625rem 1rem; border-radius: .75rem; background: var(--open-tint); color: var(--open); }
.banner p { margin: 0; }
main { padding-top: 1.5rem; }
h1 { margin-bottom: 1rem; overflow-wrap: anywhere; }
h2 { margin: 0 0 .75rem; font-size: 1.0625rem; }
h3 { margin: .75rem 0 .25rem; font-size: .875rem; }
section p { font-size: .875rem; overflow-wrap: anywhere; }
section { margin: 0 0 1rem; padding: 1rem 1.25rem; background: var(--card); border: 1px solid var(--line); border-radius: .75rem; min-width: 0; }
.beside, .columns { display: grid; gap: 1rem; margin-bottom: 1rem; grid-template-columns: minmax(0, 1fr); }
.beside section, .columns section { margin: 0; }
@media (min-width: 56rem) { .beside, .columns { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); align-items: start; } }
.filters { display: flex; flex-wrap: wrap; gap: .5rem .75rem; align-items: end; margin-bottom: 1rem; }
.filters label { font-size: .8125rem; margin: 0; font-weight: 400; color: var(--soft); }
.filters .grow { flex: 1 1 14rem; }
.filters .check { display: flex; gap: .375rem; align-items: center; min-height: 2.25rem; color: var(--ink); font-size: .875rem; }
.check input { width: 1.125rem; height: 1.125rem; margin: 0; accent-color: var(--accent); }
table { width: 100%; border-collapse: collapse; font-size: .875rem; background: var(--card); border: 1px solid var(--line); border-radius: .75rem; border-spacing: 0; }
section table { border: 0; }
th, td { padding: .5rem .75rem; text-align: left; vertical-align: top; border-top: 1px solid var(--line); overflow-wrap: break-word; }
td code { overflow-wrap: anywhere; }
thead th { border: 0; color: var(--soft); font-weight: 600; white-space: nowrap; }
tbody tr:hover { background: var(--tint); }
td a, dd a, p a, .pager a { color: var(--accent); }
td[data-label='Kind'] { white-space: nowrap; }
td[data-label='Customer'] { min-width: 8.5rem; }
td small { display: block; color: var(--soft); }
.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
@media (max-width: 47.99rem) {
  table, tbody, tr, td { display: block; }
  table { background: none; border: 0; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  tbody tr { margin-bottom: .75rem; padding: .5rem .75rem; background: var(--card); border: 1px solid var(--line); border-radius: .75rem; }
  td { display: grid; grid-template-columns: 6.5rem minmax(0, 1fr); gap: .5rem; padding: .25rem 0; border: 0; }
  td::before { content: attr(data-label); color: var(--soft); }
  td:first-child { font-size: 1rem; font-weight: 600; }
  td:has(.cell:empty) { display: none; }
  .top { padding-block: .5rem 0; }
  #live { order: 1; }
  .clock { order: 2; flex-basis: 100%; }
  .clock summary { padding-inline: 0; font-size: .8125rem; }
  .clock .offset { margin-left: 0; }
  nav ul { flex-wrap: nowrap; justify-content: space-between; gap: 0; }
  header nav a { padding: .625rem .25rem; font-size: .875rem; }
  .filters > span { flex: 1 1 40%; }
  .filters select { width: 100%; }
  .cell { min-width: 0; overflow-wrap: anywhere; }
  .number { text-align: left; }
}
.pager { display: flex; flex-wrap: wrap; gap: .25rem 1rem; margin: .75rem 0; font-size: .875rem; }
.plain-list { margin: 0; padding: 0; list-style: none; white-space: nowrap; font-variant-numeric: tabular-nums; }
time { white-space: nowrap; font-variant-numeric: tabular-nums; }
.badge { display: inline-block; padding: 0 .5rem; border-radius: 1rem; font-size: .8125rem; font-weight: 600; white-space: nowrap; }
@media (max-width: 47.99rem) { .badge { white-space: normal; overflow-wrap: anywhere; } }
.good { background: var(--good-tint); color: var(--good); }
.bad { background: var(--bad-tint); color: var(--bad); }
.open { background: var(--open-tint); color: var(--open); }
.big { margin: 0 0 1rem; font-size: 1.25rem; font-weight: 600; font-variant-numeric: tabular-nums; }
.row { display: flex; flex-wrap: wrap; gap: .5rem; align-items: end; }
.row + .row { margin-top: .5rem; }
.row .row { margin: 0; }
.apart { margin-top: .75rem; padding-top: .75rem; border-top: 1px solid var(--line); }
.apart:first-child { border: 0; padding: 0; margin: 0; }
.row label, .row .soft { font-size: .8125rem; margin: 0; align-self: center; }
.row label { align-self: auto; }
.button { display: inline-flex; align-items: center; justify-content: center; width: auto; min-height: 2.25rem; padding: .25rem .875rem; font-size: .875rem; margin: 0; border-radius: .5rem; white-space: normal; }
.plain { color: var(--ink); background: var(--card); border-color: var(--soft); }
td .button, .arrow .button { white-space: nowrap; min-height: 1.75rem; padding: 0 .625rem; font-size: .8125rem; }
::placeholder { color: var(--soft); opacity: 1; }
input[type='text'], input[type='search'], select { min-height: 2.25rem; padding: .25rem .625rem; margin: 0; font: inherit; color: inherit; background: var(--card); border: 1px solid var(--soft); border-radius: .5rem; }
input[type='text'] { width: 11rem; }
input[type='search'] { width: 100%; }
select { display: block; max-width: 100%; }
input.short { width: 5rem; }
section details, .columns details { margin: .75rem 0 0; border: 0; }
section details summary { padding: 0; font-weight: 400; font-size: .875rem; color: var(--accent); }
section details form { margin-top: .75rem; }
section > p:last-child, section > div > p:last-child { margin-bottom: 0; }
dl { margin: 0; display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .375rem 1.25rem; font-size: .875rem; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; }
.facts { display: flex; flex-wrap: wrap; gap: .75rem 2rem; margin-bottom: 1rem; }
.facts > div { min-width: 0; }
.facts + .row { margin-bottom: 1rem; }
.facts dt { font-size: .8125rem; }
.facts .wide { flex-basis: 100%; order: 1; font-weight: 600; }
.facts .wide dt { font-weight: 400; }
.rules { margin: 0 0 .75rem; padding-left: 1.25rem; font-size: .875rem; }
code, pre { font: .8125rem/1.5 ui-monospace, Menlo, Consolas, monospace; }
pre { margin: .25rem 0 0; padding: .75rem; border-radius: .5rem; background: var(--tint); white-space: pre-wrap; overflow-wrap: anywhere; max-height: 28rem; overflow-y: auto; }
.signed { white-space: normal; }
del, ins { padding: 0 .125rem; border-radius: .25rem; font-weight: 700; }
del { background: var(--good-tint); color: var(--good); text-decoration: none; }
ins { background: var(--bad-tint); color: var(--bad); text-decoration: underline; }
.attempts { margin: 0; padding-left: 1.25rem; font-size: .875rem; }
.attempts li + li { margin-top: 1rem; }
.attempts p { margin: 0 0 .25rem; }
.money { margin-bottom: 1.25rem; }
.money svg { display: block; width: 100%; height: .75rem; border-radius: .375rem; background: var(--line); }
.money ul { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: .5rem 0 0; padding: 0; list-style: none; font-size: .875rem; font-variant-numeric: tabular-nums; }
.swatch { display: inline-block; width: .75rem; height: .75rem; margin-right: .375rem; border-radius: .1875rem; }
.money-refundable { fill: var(--good); background: var(--good); }
.money-refunded { fill: var(--accent); background: var(--accent); }
.money-reversed { fill: var(--bad); background: var(--bad); }
.lanes { --clock: 8rem; font-size: .875rem; }
.lane-names, .lanes li { display: grid; grid-template-columns: var(--clock) repeat(3, minmax(0, 1fr)); }
.lane-names { margin-bottom: .5rem; font-weight: 600; text-align: center; }
.lanes ol { position: relative; margin: 0; padding: 0; list-style: none; }
.lanes li { padding-block: .375rem; background:
  linear-gradient(var(--line), var(--line)) calc(var(--clock) + (100% - var(--clock)) / 6) 0 / 2px 100% no-repeat,
  linear-gradient(var(--line), var(--line)) calc(var(--clock) + (100% - var(--clock)) / 2) 0 / 2px 100% no-repeat,
  linear-gradient(var(--line), var(--line)) calc(var(--clock) + (100% - var(--clock)) * 5 / 6) 0 / 2px 100% no-repeat; }
.lanes time { color: var(--soft); font-size: .8125rem; }
.arrow { text-align: center; min-width: 0; }
.arrow p { margin: 0; overflow-wrap: anywhere; }
.arrow p, .arrow form { position: relative; }
.arrow > p { width: max-content; max-width: calc(100% - .75rem); margin-left: 50%; transform: translateX(-50%); padding-inline: .25rem; background: var(--card); }
.arrow .row { justify-content: center; margin-top: .25rem; }
.detail { color: var(--soft); font-size: .8125rem; }
.from-0.to-2 .arrow { grid-column: 2 / 5; margin-inline: calc(100% / 6); }
.from-0.to-1 .arrow { grid-column: 2 / 4; margin-inline: 25%; }
.from-1.to-2 .arrow { grid-column: 3 / 5; margin-inline: 25%; }
.line { position: relative; display: block; height: 2px; margin-block: .25rem; background: currentcolor; }
.line::after { content: ''; position: absolute; top: -4px; border: 5px solid transparent; }
.rightwards .line::after { right: -1px; border-left: 8px solid currentcolor; border-right: 0; }
.leftwards .line::after { left: -1px; border-right: 8px solid currentcolor; border-left: 0; }
.is-good .line { color: var(--good); }
.is-bad .line { color: var(--bad); height: 0; border-top: 2px dashed; background: none; }
.is-bad .line::after { top: -6px; }
.is-open .line { color: var(--accent); }
@media (max-width: 47.99rem) {
  .lane-names, .lanes li { grid-template-columns: repeat(3, minmax(0, 1fr)); }
  .lanes { --clock: 0rem; }
  .lane-names span:first-child { display: none; }
  .lanes time { grid-column: 1 / 4; justify-self: start; background: var(--card); }
  .from-0.to-2 .arrow { grid-column: 1 / 4; } .from-0.to-1 .arrow { grid-column: 1 / 3; } .from-1.to-2 .arrow { grid-column: 2 / 4; }
  .arrow > p { max-width: 190%; }
}
`
