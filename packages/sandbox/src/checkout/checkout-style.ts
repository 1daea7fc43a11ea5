/** The hosted checkouts: one card in the middle, right on a phone. */
export const checkoutStyle = `
.sandbox { max-width: 27rem; }
main {
  max-width: 27rem; margin: 0 auto; padding: 1.5rem; background: var(--card);
  border: 1px solid var(--line); border-radius: 1rem; box-shadow: 0 1px 2px #0000000d, 0 8px 24px #00000012;
}
@media (min-width: 40rem) { body { padding: 3rem 1rem; } main { padding: 2rem; } }
.sum { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: baseline; gap: 0 1rem; margin: 0 0 1.25rem; }
.sum { padding-bottom: 1.25rem; border-bottom: 1px solid var(--line); }
.sum dt { color: var(--soft); min-width: 0; overflow-wrap: break-word; }
.sum dd { margin: 0; font-size: 1.25rem; font-weight: 600; font-variant-numeric: tabular-nums; }
.steps { display: flex; gap: .5rem; margin: 0 0 1.5rem; padding: 0; list-style: none; font-size: .8125rem; }
.steps li { flex: 1; padding-top: .5rem; border-top: 3px solid var(--line); color: var(--soft); }
.steps .done { border-color: var(--accent); }
.steps [aria-current] { border-color: var(--accent); color: var(--ink); font-weight: 600; }
.choices { margin: 1rem 0 0; padding: 0; list-style: none; display: grid; gap: .5rem; }
.choice {
  width: 100%; display: flex; align-items: center; gap: .75rem; padding: .75rem; text-align: left; font: inherit;
  color: inherit; background: none; border: 1px solid var(--line); border-radius: .75rem; cursor: pointer;
}
.choice:hover { border-color: var(--accent); background: var(--tint); }
.choice small { display: block; color: var(--soft); font-size: .875rem; }
.initial {
  flex: none; width: 2.25rem; height: 2.25rem; border-radius: .5rem; display: grid; place-items: center;
  background: var(--tint); color: var(--accent); font-weight: 600;
}
.hint { margin: 0 0 1rem; font-size: .875rem; color: var(--soft); }
.apart { margin-top: .75rem; }
legend.hint { margin: 0 0 .25rem; font-weight: 400; }
.parties { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .375rem 1rem; margin: .75rem 0 1.25rem; }
.parties dt { color: var(--soft); }
.parties dd { margin: 0; overflow-wrap: anywhere; }
.parties small { display: block; color: var(--soft); font-size: .875rem; }
.shortcuts { margin: 1rem 0 0; padding-top: 1rem; border-top: 1px dashed var(--line); font-size: .8125rem; color: var(--soft); }
.shortcuts p { margin: 0 0 .375rem; }
.shortcuts form { display: flex; gap: .5rem; }
.shortcut { flex: 1; min-height: 2.25rem; margin: 0; padding: .25rem; font-size: .8125rem; color: var(--ink); background: none; border-color: var(--soft); border-radius: .5rem; }
.failing { display: flex; margin-top: .5rem; }
.failing .button { margin: 0; padding: .25rem; font-size: .8125rem; color: var(--soft); }
.device { margin: 0 0 1.25rem; padding: 1rem; text-align: center; border-radius: .75rem; background: var(--tint); }
.device output { display: block; font: 600 1.75rem/1.3 ui-monospace, Menlo, Consolas, monospace; letter-spacing: .2em; }
.others { display: flex; gap: .5rem; margin-top: .75rem; padding-top: .75rem; border-top: 1px solid var(--line); }
.others form { flex: 1; }
.others .button { margin: 0; padding-inline: 0; }
fieldset { margin: 0; padding: 0 1rem 1rem; border: 0; }
.option { display: flex; gap: .75rem; align-items: flex-start; padding: .375rem 0; font-weight: 400; margin: 0; }
.option input { margin: .3rem 0 0; width: 1.125rem; height: 1.125rem; flex: none; accent-color: var(--accent); }
.option small { display: block; color: var(--soft); font-size: .875rem; }
`
