export { runCommandLine } from './command-line.ts'
export type { ExitCode, Terminal } from './terminal.ts'
