import type { Command } from 'commander'
import { payablCommand } from './payabl/payabl-command.ts'
import { sandboxCommand } from './sandbox/sandbox-command.ts'
import type { Terminal } from './terminal.ts'
import { trustlyCommand } from './trustly/trustly-command.ts'

/** Makes a command: its words, its help and, loaded only when it runs, its work. What the work throws is exit code 1,
 *  a UsageError 2. */
export type CreateCommand = (terminal: Terminal) => Command

/** Every command, in the order of the help. A new one is a file and a line here. */
export const commands: readonly CreateCommand[] = [sandboxCommand, trustlyCommand, payablCommand]
