/** The style of all pages: colours for light and dark, text, fields and buttons. */
export const pageStyle = `
:root {
  color-scheme: light dark;
  --paper: #eef1f4; --card: #fff; --ink: #1c2733; --soft: #566575; --line: #d5dce3;
  --accent: #1f5f8b; --accent-ink: #fff; --tint: #e6f0f7;
  --bad: #a32020; --bad-tint: #fbebeb; --good: #1c6b3c; --good-tint: #e5f4ea; --open: #7a5300; --open-tint: #fdf2d8;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #12181f; --card: #1b242e; --ink: #e8edf2; --soft: #9fb0c0; --line: #33414f;
    --accent: #7fbde6; --accent-ink: #0d1a24; --tint: #223242;
    --bad: #ff9c9c; --bad-tint: #3a2226; --good: #84d6a3; --good-tint: #1d3527; --open: #f0c674; --open-tint: #3a3120;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; padding: 1rem; min-height: 100vh; background: var(--paper); color: var(--ink);
  font: 1rem/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif;
}
.sandbox { margin: 0 auto 1rem; display: flex; align-items: center; justify-content: space-between; gap: .5rem 1rem; }
.sandbox { font-size: .8125rem; color: var(--soft); }
.sandbox strong { white-space: nowrap; padding: .125rem .625rem; border-radius: 1rem; background: #ffd666; color: #33260a; }
h1 { margin: 0 0 .25rem; font-size: 1.375rem; line-height: 1.3; }
p { margin: 0 0 1rem; }
.soft { color: var(--soft); }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
label, legend { display: block; margin-bottom: .25rem; font-weight: 600; padding: 0; }
input[type='text'] {
  width: 100%; padding: .75rem; font: inherit; color: inherit; background: var(--card);
  border: 1px solid var(--soft); border-radius: .5rem; margin-bottom: .5rem;
}
input[aria-invalid] { border-color: var(--bad); }
.problem { margin-top: .75rem; padding: .75rem; border-radius: .5rem; background: var(--bad-tint); color: var(--bad); font-weight: 600; }
.button {
  display: block; width: 100%; min-height: 3rem; padding: .75rem 1rem; font: inherit; font-weight: 600;
  text-align: center; text-decoration: none; color: var(--accent-ink); background: var(--accent);
  border: 1px solid var(--accent); border-radius: .75rem; cursor: pointer; margin-top: .5rem;
}
.button:hover { filter: brightness(1.08); }
.quiet { color: var(--ink); background: none; border-color: transparent; font-weight: 400; text-decoration: underline; }
details { margin: .75rem 0 1rem; border: 1px solid var(--line); border-radius: .75rem; }
summary { padding: .75rem 1rem; cursor: pointer; font-weight: 600; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
`
