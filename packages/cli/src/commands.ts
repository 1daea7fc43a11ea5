import type { Command } from 'commander'
import { payablCommand } from './payabl/payabl-command.ts'
import { sandboxCommand } from './sandbox/sandbox-command.ts'
import type { Terminal } from './terminal.ts'
import { trustlyCommand } from './trustly/trustly-command.ts'

/** Creates a command with its arguments and help. The implementation is loaded when the command runs. A UsageError
 *  exits with 2, any other error with 1. */
export type CreateCommand = (terminal: Terminal) => Command

/** All commands, in the order of the help. To add a command, add a file and a line here. */
export const commands: readonly CreateCommand[] = [sandboxCommand, trustlyCommand, payablCommand]
