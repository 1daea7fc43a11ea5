import { Command } from 'commander'
import { configHelp, storeHelp, withConfigAndStoreOptions } from '../application/options.ts'
import type { Terminal } from '../terminal.ts'

const help = `
Checks on this machine: every option, the keys and their fingerprints, environments
that are mixed up, whether OpenSSL signs with SHA-1, the address for callbacks,
and the store with its schema and durability.

With --online, it also compares the clock with the vendors', makes a call that
changes nothing on each rail (whether the vendor has the right key and
credentials), and sends an empty callback to the address for callbacks. It is sent
from this machine, so it does not show whether the vendors reach the address.
${configHelp}
${storeHelp}

With --json: {"findings": [{"check", "status": "ok" | "warning" | "problem",
"message", "fix"}]}

Exit codes: 0 no problem, 1 at least one, 2 wrong usage.

Examples:
  railswitch doctor --env-file .env
  railswitch doctor --online --json`

/** `railswitch doctor`: what is wrong with the set-up of an application, each with its fix. */
export const doctorCommand = (terminal: Terminal): Command =>
  withConfigAndStoreOptions(new Command('doctor'))
    .summary('find what is wrong with the set-up')
    .description('Finds what is wrong with the set-up of an application, and how to fix it.')
    .option('--online', 'also ask the vendors and the address for callbacks')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', help)
    .action(async (options) => {
      const { runDoctor } = await import('./run-doctor.ts')
      await runDoctor(options, terminal)
    })
