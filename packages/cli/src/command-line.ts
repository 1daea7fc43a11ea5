import { readFileSync } from 'node:fs'
import { Command, CommanderError } from 'commander'
import { commands } from './commands.ts'
import { type ExitCode, exitCode, UsageError } from './exit-code.ts'
import { processTerminal, type Terminal } from './terminal.ts'

const exitCodes = `
Exit codes:
  0  done
  1  not done; stderr says why
  2  usage: an unknown command, a bad option or a bad file`

/** Runs `railswitch` with the words after its name. Never throws, and never ends the process. */
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
    // The parser has said what is wrong by itself.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.done : exitCode.usage
    terminal.err(`railswitch: ${error instanceof Error ? error.message : 'that did not work'}\n`)
    return error instanceof UsageError ? exitCode.usage : exitCode.notDone
  }
}

const createProgram = (terminal: Terminal): Command => {
  const program = new Command('railswitch')
    .description('One payment interface, interchangeable bank-payment rails behind it.')
    .version(version(), '-V, --version', 'the version of this command')
    .addHelpText('after', exitCodes)
  const all = commands.map((create) => create(terminal))
  for (const command of all) program.addCommand(command)
  for (const command of [program, ...all.flatMap(withSubcommands)]) {
    command
      .exitOverride()
      .showHelpAfterError('(add --help to see what there is)')
      .configureOutput({ writeOut: terminal.out, writeErr: terminal.err })
  }
  return program
}

const version = (): string => JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version

const withSubcommands = (command: Command): Command[] => [command, ...command.commands.flatMap(withSubcommands)]
