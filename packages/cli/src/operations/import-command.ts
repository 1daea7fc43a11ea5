import { Command } from 'commander'
import { applicationHelp, withApplicationOptions } from '../application/options.ts'
import type { Terminal } from '../terminal.ts'

const help = `
The file is JSON: one import or a list of them, as payments.importPayment() takes
it. "by" and "why" come from the file or from the options:

  [{ "deposit": { "rail": "trustly", "reference": "order-77",
       "state": "credited",
       "amount": { "value": "249.90", "currency": "SEK" },
       "vendorIds": ["9594811343"], "begunAt": "2026-03-02T10:15:00Z" } }]

Every import is looked up at the vendor. After a failure the rest is still
imported. Run the same file again: what is imported stays as it is.
${applicationHelp}

With --json, a line for each: {"reference", "payment", "confirmed"} or
{"reference", "error": {"code", "message"}}

Exit codes: 0 all are imported, 1 at least one is not, 2 wrong usage.

Examples:
  railswitch import payments.json --by migration --why "begun before railswitch"`

/** `railswitch import`: payments that were begun elsewhere. */
export const importCommand = (terminal: Terminal): Command =>
  withApplicationOptions(new Command('import'))
    .summary('import payments that were begun elsewhere')
    .description(
      'Imports payments that were begun elsewhere, so that they can be refunded and their callbacks find them.',
    )
    .argument('<file>', 'a JSON file with the imports')
    .option('--by <name>', 'who imports them')
    .option('--why <text>', 'the reason')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', help)
    .action(async (file, options) => {
      const { importPayments } = await import('./import-payments.ts')
      await importPayments(file, options, terminal)
    })
