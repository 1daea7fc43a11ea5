/** The style of the back office: wide and dense, with tables that scroll on a phone. */
export const backOfficeStyle = `
.sandbox, main { max-width: 76rem; margin-inline: auto; }
.sandbox { flex-wrap: wrap; }
.sandbox a { color: inherit; }
h1 { margin-bottom: 1rem; overflow-wrap: anywhere; }
h2 { margin: 0 0 .75rem; font-size: 1.0625rem; }
section { margin: 0 0 1rem; padding: 1rem 1.25rem; background: var(--card); border: 1px solid var(--line); border-radius: .75rem; }
.beside { display: grid; gap: 1rem; margin-bottom: 1rem; grid-template-columns: minmax(0, 1fr); }
.beside section { margin: 0; min-width: 0; }
.beside > div { display: grid; gap: 1rem; min-width: 0; grid-template-columns: minmax(0, 1fr); }
@media (min-width: 56rem) { .beside { grid-template-columns: minmax(0, 2fr) minmax(0, 3fr); align-items: start; } }
.scroll { overflow-x: auto; position: relative; }
table { width: 100%; border-collapse: collapse; font-size: .875rem; }
th, td { padding: .5rem .75rem .5rem 0; text-align: left; vertical-align: top; border-top: 1px solid var(--line); }
thead th, thead td { padding-top: 0; border: 0; color: var(--soft); font-weight: 600; white-space: nowrap; }
td a, dd a, .timeline a { color: var(--accent); }
.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.long { overflow-wrap: anywhere; min-width: 9rem; }
.name { overflow-wrap: anywhere; min-width: 7rem; }
.plain-list { margin: 0; padding: 0; list-style: none; }
.sums { white-space: nowrap; font-variant-numeric: tabular-nums; }
time { white-space: nowrap; font-variant-numeric: tabular-nums; }
.badge { display: inline-block; padding: 0 .5rem; border-radius: 1rem; font-size: .8125rem; font-weight: 600; white-space: nowrap; }
.good { background: var(--good-tint); color: var(--good); }
.bad { background: var(--bad-tint); color: var(--bad); }
.open { background: var(--open-tint); color: var(--open); }
.big { margin: 0 0 .75rem; font-size: 1.25rem; font-weight: 600; font-variant-numeric: tabular-nums; }
.big time { white-space: normal; }
.row { display: flex; flex-wrap: wrap; gap: .5rem; align-items: end; }
.row + .row { margin-top: .75rem; }
.row .row { margin: 0; }
.apart { margin-top: .75rem; padding-top: .75rem; border-top: 1px solid var(--line); }
.apart:first-child { border: 0; padding: 0; margin: 0; }
code { font-size: .8125rem; }
.row label { font-size: .8125rem; margin: 0; }
.button { width: auto; min-height: 2.25rem; padding: .25rem .875rem; font-size: .875rem; margin: 0; border-radius: .5rem; white-space: nowrap; }
.plain { color: var(--ink); background: var(--card); border-color: var(--soft); }
::placeholder { color: var(--soft); opacity: 1; }
input[type='text'], select { width: 9rem; min-height: 2.25rem; padding: .25rem .625rem; margin: 0; }
select { width: auto; max-width: 100%; font: inherit; color: inherit; background: var(--card); border: 1px solid var(--soft); border-radius: .5rem; }
input.short { width: 5rem; }
section > div > details { margin: .75rem 0 0; border: 0; }
section > div > details summary { padding: 0; font-weight: 400; font-size: .875rem; color: var(--accent); }
section > div > details form { margin-top: .75rem; }
.reply { display: flex; flex-wrap: wrap; gap: .25rem .5rem; align-items: baseline; }
td .button { min-height: 1.875rem; padding: 0 .75rem; }
dl { margin: 0; display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1.25rem; font-size: .875rem; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; }
.rules { margin: 0 0 .75rem; padding-left: 1.25rem; font-size: .875rem; }
.timeline { margin: 0; padding: 0; list-style: none; font-size: .875rem; }
.timeline > li { position: relative; padding: 0 0 .75rem 1.5rem; border-left: 2px solid var(--line); margin-left: .4375rem; }
.timeline > li:last-child { border-color: transparent; }
.timeline > li::before {
  content: ''; position: absolute; left: -.5rem; top: .25rem; width: .875rem; height: .875rem; border-radius: 50%;
  background: currentcolor; border: 3px solid var(--card);
}
.timeline .is-good::before { color: var(--good); }
.timeline .is-bad::before { color: var(--bad); }
.timeline .is-open::before { color: var(--soft); }
.timeline p { margin: 0; overflow-wrap: anywhere; }
.timeline form { margin-top: .375rem; }
.timeline .button { min-height: 1.75rem; padding: 0 .625rem; font-size: .8125rem; }
.timeline time { color: var(--soft); margin-left: .25rem; }
.timeline details { margin: .25rem 0 0; border: 0; }
.timeline summary { padding: 0; font-weight: 400; color: var(--accent); }
pre { margin: .25rem 0 0; padding: .75rem; border-radius: .5rem; background: var(--tint); white-space: pre-wrap; overflow-wrap: anywhere; }
`
