import type { Terminal } from '../terminal.ts'

/** Prints the result: one line of JSON with `--json`, otherwise the text. */
export const printResult = <Result>(
  terminal: Terminal,
  { json, result, toText }: { readonly json: true | undefined; readonly result: Result; readonly toText: () => string },
): void => terminal.out(json ? `${JSON.stringify(result)}\n` : toText())
