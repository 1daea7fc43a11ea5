export { runCommandLine } from './command-line.ts'
export type { ExitCode } from './exit-code.ts'
export type { Terminal } from './terminal.ts'
