import { Command } from 'commander'
import { type ConfigOptions, configHelp, withConfigOptions } from '../application/options.ts'
import type { Terminal } from '../terminal.ts'

const help = `
Examples:
  railswitch config show --env-file .env
  railswitch config check && npm run deploy

Each command has its own help: railswitch config show --help`

/** `railswitch config`: what an application is configured with. */
export const configCommand = (terminal: Terminal): Command =>
  new Command('config')
    .summary('show and check the configuration of an application')
    .description('Shows and checks the configuration of an application. Nothing is sent.')
    .addHelpText('after', help)
    .addCommand(showCommand(terminal))
    .addCommand(checkCommand(terminal))

const showHelp = `${configHelp}

Secrets are never printed: of a key, its fingerprint is.

With --json: {"options": [{"field", "value", "source"}]}. "value" of a secret is
null. "source" is a variable, a file, or "default".

Examples:
  railswitch config show
  railswitch config show --env-file .env --json`

const showCommand = (terminal: Terminal): Command =>
  withConfigOptions(new Command('show'))
    .summary('print the options that are effective, and where each is from')
    .description('Prints the options that are effective, and where each value comes from.')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', showHelp)
    .action(async (options: ConfigOptions & { readonly json?: true }) => {
      const { showConfig } = await import('./show-config.ts')
      await showConfig(options, terminal)
    })

const checkHelp = `${configHelp}

The check is that of createPayments. The store is part of the application, and
railswitch doctor checks it.

With --json: {"valid", "active", "rails": [{"name", "provider", "environment"}],
"issues": [{"field", "rule", "fix"}], "warnings": [text]}

Exit codes: 0 valid, 1 not valid, 2 wrong usage.

Examples:
  railswitch config check
  railswitch config check --config production.config.mjs`

const checkCommand = (terminal: Terminal): Command =>
  withConfigOptions(new Command('check'))
    .summary('find every mistake in the configuration')
    .description('Checks all options and keys, and prints every mistake with its fix.')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', checkHelp)
    .action(async (options: ConfigOptions & { readonly json?: true }) => {
      const { checkConfig } = await import('./check-config.ts')
      await checkConfig(options, terminal)
    })
