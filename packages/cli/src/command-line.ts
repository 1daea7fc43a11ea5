import { readFileSync } from 'node:fs'
import { Command, CommanderError, Help, type Option } from 'commander'
import { callbackCommand } from './callback/callback-command.ts'
import { asksForHelp, checkWords, misspeltOption } from './check-words.ts'
import { completionCommand } from './completion/completion-command.ts'
import { configCommand } from './config/config-command.ts'
import { conformanceCommand } from './conformance/conformance-command.ts'
import { doctorCommand } from './doctor/doctor-command.ts'
import { reportFailure } from './errors.ts'
import { initCommand } from './init/init-command.ts'
import { keysCommand } from './keys/keys-command.ts'
import { listenCommand } from './listen/listen-command.ts'
import { logsCommand } from './logs/logs-command.ts'
import { depositCommand } from './money/deposit-command.ts'
import { lookupCommand } from './money/lookup-command.ts'
import { payoutCommand } from './money/payout-command.ts'
import { refundCommand } from './money/refund-command.ts'
import { eraseCommand } from './operations/erase-command.ts'
import { importCommand } from './operations/import-command.ts'
import { migrateCommand } from './operations/migrate-command.ts'
import { reconcileCommand } from './operations/reconcile-command.ts'
import { sweepCommand } from './operations/sweep-command.ts'
import { syncCommand } from './operations/sync-command.ts'
import { reflow } from './output/reflow.ts'
import { payablCommand } from './payabl/payabl-command.ts'
import { paymentsCommand } from './payments/payments-command.ts'
import { replayCommand } from './replay/replay-command.ts'
import { reviewsCommand } from './reviews/reviews-command.ts'
import { sandboxCommand } from './sandbox/sandbox-command.ts'
import { type ExitCode, exitCode, processTerminal, type Terminal } from './terminal.ts'
import { triggerCommand } from './trigger/trigger-command.ts'
import { trustlyCommand } from './trustly/trustly-command.ts'

const help = `
In the folder of a project that has @railswitch/cli, run it with npx:
  npx railswitch --help

Exit codes:
  0  done
  1  failed, with the reason on stderr
  2  wrong usage: an unknown command, an invalid option or an invalid file

With --json, a command prints its result as one line of JSON (one line per entry
if it follows something), and a failure as one line on stderr:
  {"error": {"code", "message", "hint", "issues": [{"field", "rule", "fix"}]}}

Examples:
  railswitch init shop               an application that runs in a sandbox
  railswitch sandbox --write-env     both vendors on this machine
  railswitch payabl verify --help    what a command does, with examples`

/** Runs `railswitch` with these arguments. Never throws, and never ends the process. */
export const runCommandLine = async (
  words: readonly string[],
  terminal: Terminal = processTerminal,
): Promise<ExitCode> => {
  const program = createProgram(terminal)
  try {
    if (words.length === 0) program.help({ error: true })
    if (asksForHelp(words)) await checkWords(createProgram(terminal), words)
    await program.parseAsync(words, { from: 'user' })
    return exitCode.done
  } catch (thrown) {
    const error = await misspeltOption(thrown, createProgram(terminal), words)
    if (error instanceof CommanderError && (error.exitCode === 0 || error.code === 'commander.help'))
      return error.exitCode === 0 ? exitCode.done : exitCode.usage
    return reportFailure(error, terminal, words.includes('--json'))
  }
}

/** The command with all of its subcommands. */
export const createProgram = (terminal: Terminal): Command => {
  const program = new Command('railswitch')
    .description('Payments on interchangeable bank rails, from a terminal.')
    .version(version(), '-V, --version', 'print the version')
    .addHelpText('after', help)
  for (const [group, creators] of Object.entries(commands)) {
    program.commandsGroup(`${group}:`)
    for (const create of creators) program.addCommand(create(terminal, () => program))
  }
  program.helpCommand('help [command]', 'show the help of a command') // in the last group
  for (const command of withSubcommands(program))
    command
      .exitOverride()
      .configureHelp(helpFormat)
      .configureOutput({
        writeOut: (text) => terminal.out(reflow(text, terminal.columns)),
        // The only use is the help of a command that was called without a subcommand. `reportFailure` prints errors.
        writeErr: (text) => terminal.err(reflow(text, terminal.columns)),
        outputError: () => {},
        getOutHelpWidth: () => terminal.columns,
        getErrHelpWidth: () => terminal.columns,
        getOutHasColors: () => terminal.colours,
        getErrHasColors: () => terminal.colours,
      })
  return program
}

const version = (): string => JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version

export const withSubcommands = (command: Command): Command[] => [command, ...command.commands.flatMap(withSubcommands)]

/** Creates a command with its arguments and help. The implementation is loaded when the command runs. A UsageError
 *  exits with 2, any other error with 1. */
type CreateCommand = (terminal: Terminal, program: () => Command) => Command

const plainHelp = new Help()

const helpFormat = {
  minWidthToWrap: 20,
  visibleOptions: (command: Command): Option[] =>
    plainHelp.visibleOptions(command).sort((one, other) => Number(other.mandatory) - Number(one.mandatory)),
  optionDescription: (option: Option): string =>
    `${option.mandatory ? 'required: ' : ''}${plainHelp.optionDescription(option)}`,
  subcommandTerm: (command: Command): string =>
    [
      command.name(),
      ...command.registeredArguments.map((one) => (one.required ? `<${one.name()}>` : `[${one.name()}]`)),
    ].join(' '),
}

/** All commands by their group, in the order of the help. To add a command, add a file and a line here. */
const commands: Readonly<Record<string, readonly CreateCommand[]>> = {
  'New application': [initCommand],
  Sandbox: [sandboxCommand, triggerCommand, logsCommand],
  Callbacks: [listenCommand, replayCommand, callbackCommand],
  'Keys and signatures': [keysCommand, trustlyCommand, payablCommand],
  Payments: [depositCommand, refundCommand, payoutCommand, lookupCommand, paymentsCommand, reviewsCommand],
  Operations: [
    doctorCommand,
    configCommand,
    syncCommand,
    reconcileCommand,
    importCommand,
    eraseCommand,
    migrateCommand,
    sweepCommand,
  ],
  Others: [conformanceCommand, completionCommand],
}
