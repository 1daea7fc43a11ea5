/** The one style sheet of all hosted pages. */
export const pageStyle = `
:root {
  color-scheme: light dark;
  --paper: #eef1f4; --card: #fff; --ink: #1c2733; --soft: #566575; --line: #d5dce3;
  --accent: #1f5f8b; --accent-ink: #fff; --tint: #e6f0f7; --bad: #a32020; --bad-tint: #fbebeb;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #12181f; --card: #1b242e; --ink: #e8edf2; --soft: #9fb0c0; --line: #33414f;
    --accent: #7fbde6; --accent-ink: #0d1a24; --tint: #223242; --bad: #ff9c9c; --bad-tint: #3a2226;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; padding: 1rem; min-height: 100vh; background: var(--paper); color: var(--ink);
  font: 1rem/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif;
}
.sandbox { max-width: 27rem; margin: 0 auto 1rem; display: flex; justify-content: space-between; gap: 1rem; }
.sandbox { align-items: center; font-size: .875rem; color: var(--soft); }
.sandbox strong { padding: .125rem .625rem; border-radius: 1rem; background: #ffd666; color: #33260a; }
main {
  max-width: 27rem; margin: 0 auto; padding: 1.5rem; background: var(--card);
  border: 1px solid var(--line); border-radius: 1rem; box-shadow: 0 1px 2px #0000000d, 0 8px 24px #00000012;
}
@media (min-width: 40rem) { body { padding: 3rem 1rem; } main { padding: 2rem; } }
h1 { margin: 0 0 .25rem; font-size: 1.375rem; line-height: 1.3; }
p { margin: 0 0 1rem; }
.soft { color: var(--soft); }
.sum { display: flex; justify-content: space-between; align-items: baseline; gap: 1rem; margin: 0 0 1.25rem; }
.sum { padding-bottom: 1.25rem; border-bottom: 1px solid var(--line); }
.sum dt { color: var(--soft); overflow-wrap: anywhere; }
.sum dd { margin: 0; font-size: 1.25rem; font-weight: 600; white-space: nowrap; font-variant-numeric: tabular-nums; }
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
.initial {
  flex: none; width: 2.25rem; height: 2.25rem; border-radius: .5rem; display: grid; place-items: center;
  background: var(--tint); color: var(--accent); font-weight: 600;
}
label, legend { display: block; margin-bottom: .25rem; font-weight: 600; padding: 0; }
input[type='text'] {
  width: 100%; padding: .75rem; font: inherit; color: inherit; background: var(--card);
  border: 1px solid var(--soft); border-radius: .5rem; margin-bottom: .5rem;
}
input[aria-invalid] { border-color: var(--bad); }
.hint { margin: 0 0 1rem; font-size: .875rem; color: var(--soft); }
.apart { margin-top: .75rem; }
legend.hint { margin: 0 0 .25rem; font-weight: 400; }
.problem { margin-top: .75rem; padding: .75rem; border-radius: .5rem; background: var(--bad-tint); color: var(--bad); font-weight: 600; }
.device { margin: 0 0 1.25rem; padding: 1rem; text-align: center; border-radius: .75rem; background: var(--tint); }
.device output { display: block; font: 600 1.75rem/1.3 ui-monospace, Menlo, Consolas, monospace; letter-spacing: .2em; }
.button {
  display: block; width: 100%; min-height: 3rem; padding: .75rem 1rem; font: inherit; font-weight: 600;
  text-align: center; text-decoration: none; color: var(--accent-ink); background: var(--accent);
  border: 1px solid var(--accent); border-radius: .75rem; cursor: pointer; margin-top: .5rem;
}
.button:hover { filter: brightness(1.08); }
.quiet { color: var(--ink); background: none; border-color: transparent; font-weight: 400; text-decoration: underline; }
.others { display: flex; gap: .5rem; margin-top: .75rem; padding-top: .75rem; border-top: 1px solid var(--line); }
.others form { flex: 1; }
.others .button { margin: 0; padding-inline: 0; }
details { margin: .75rem 0 1rem; border: 1px solid var(--line); border-radius: .75rem; }
summary { padding: .75rem 1rem; cursor: pointer; font-weight: 600; }
fieldset { margin: 0; padding: 0 1rem 1rem; border: 0; }
.choice small { display: block; color: var(--soft); font-size: .875rem; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.option { display: flex; gap: .75rem; align-items: flex-start; padding: .375rem 0; font-weight: 400; margin: 0; }
.option input { margin: .3rem 0 0; width: 1.125rem; height: 1.125rem; flex: none; accent-color: var(--accent); }
.option small { display: block; color: var(--soft); font-size: .875rem; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
`
