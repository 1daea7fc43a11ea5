import { runCommandLine } from '../command-line.ts'
import type { Running } from './run-command.ts'
import { testTerminal } from './run-here.ts'

/** Starts a command that runs until it is stopped, in this process: a process of its own takes ten times as long. */
export const startHere = (words: readonly string[], env: NodeJS.ProcessEnv = process.env): Running => {
  let stop = (): void => {}
  const ended = new Promise<void>((resolve) => {
    stop = resolve
  })
  const { terminal, written } = testTerminal({ ended, env })
  const watchers = new Set<() => void>()
  const out = (text: string) => {
    terminal.out(text)
    for (const look of watchers) look()
  }
  const exit = runCommandLine(words, { ...terminal, out })
  const saw = (what: RegExp) =>
    new Promise<string>((resolve, reject) => {
      const look = () => {
        const [found] = what.exec(written.out) ?? []
        if (found !== undefined) resolve(found)
      }
      watchers.add(look)
      void exit.then(() => reject(new Error(`The command ended: ${written.err}`)))
      look()
    })
  return {
    out: () => written.out,
    err: () => written.err,
    saw,
    firstLine: () => saw(/^[^\n]*\n/),
    exit: () => exit,
    end: () => {
      stop()
      return exit
    },
  }
}
