import { readFileSync } from 'node:fs'
import { Command, CommanderError } from 'commander'
import { conformanceCommand } from './conformance/conformance-command.ts'
import { payablCommand } from './payabl/payabl-command.ts'
import { sandboxCommand } from './sandbox/sandbox-command.ts'
import { type ExitCode, exitCode, processTerminal, type Terminal, UsageError } from './terminal.ts'
import { trustlyCommand } from './trustly/trustly-command.ts'

const exitCodes = `
Exit codes:
  0  done
  1  not done, with the reason on stderr
  2  wrong usage: an unknown command, an invalid option or an invalid file`

/** Runs `railswitch` with these arguments. Never throws, and never ends the process. */
export const runCommandLine = async (
  words: readonly string[],
  terminal: Terminal = processTerminal,
): Promise<ExitCode> => {
  const program = createProgram(terminal)
  try {
    if (words.length === 0) program.help({ error: true })
    await program.parseAsync(words, { from: 'user' })
    return exitCode.done
  } catch (error) {
    // Commander has already printed the error.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.done : exitCode.usage
    terminal.err(`railswitch: ${error instanceof Error ? error.message : 'unknown error'}\n`)
    return error instanceof UsageError ? exitCode.usage : exitCode.notDone
  }
}

const createProgram = (terminal: Terminal): Command => {
  const program = new Command('railswitch')
    .description('Runs a sandbox of both vendors and finds mistakes in signatures.')
    .version(version(), '-V, --version', 'print the version')
    .addHelpText('after', exitCodes)
  const all = commands.map((create) => create(terminal))
  for (const command of all) program.addCommand(command)
  for (const command of [program, ...all.flatMap(withSubcommands)]) {
    command
      .exitOverride()
      .showHelpAfterError('(add --help for usage)')
      .configureOutput({ writeOut: terminal.out, writeErr: terminal.err })
  }
  return program
}

const version = (): string => JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version

const withSubcommands = (command: Command): Command[] => [command, ...command.commands.flatMap(withSubcommands)]

/** Creates a command with its arguments and help. The implementation is loaded when the command runs. A UsageError
 *  exits with 2, any other error with 1. */
type CreateCommand = (terminal: Terminal) => Command

/** All commands, in the order of the help. To add a command, add a file and a line here. */
export const commands: readonly CreateCommand[] = [sandboxCommand, trustlyCommand, payablCommand, conformanceCommand]
