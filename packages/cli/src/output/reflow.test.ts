import { reflow } from './reflow.ts'

test('fills paragraphs, and leaves indented lines, headings and empty lines as they are', () => {
  const text = `Usage: x [options]

One paragraph that is
written in short lines.

Exit codes:
  0  done and      so on
  1  not

  { "json":   "as it is" }
Examples:
  x --help      this
`
  expect(reflow(text, 40)).toBe(`Usage: x [options]

One paragraph that is written in short
lines.

Exit codes:
  0  done and      so on
  1  not

  { "json":   "as it is" }
Examples:
  x --help      this
`)
  expect(reflow('0.0.0\n', 80)).toBe('0.0.0\n')
})
