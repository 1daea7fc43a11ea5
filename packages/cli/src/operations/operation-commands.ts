import { Command, Option } from 'commander'
import { toCount } from '../option-values.ts'
import { shopHelp, storeHelp, withShopOptions, withStoreOptions } from '../shop/options.ts'
import type { Terminal } from '../terminal.ts'

const syncHelp = `
The module of --app exports \`payments\`, the result of createPayments(), with its
handlers, or a function that returns it. They are needed, because an event whose
handler is missing counts as failed, and the next run waits longer with it.

With --json: {"payments", "handled", "failed", "resolved", "manualReview":
[{"payment", "why"}]}

Exit codes: 0 done, 1 a handler failed, 2 wrong usage.

Examples:
  railswitch sync --app ./payments.mjs --env-file .env
  * * * * * cd /srv/shop && npx railswitch sync --app ./payments.mjs --json`

/** `railswitch sync`: one run of `payments.sync()`. */
export const syncCommand = (terminal: Terminal): Command =>
  new Command('sync')
    .summary('find out what no callback reported')
    .description('Handles pending events and asks the vendors about what is unknown, as payments.sync() does.')
    .requiredOption('--app <module>', 'the module of the application that exports `payments`')
    .option('--env-file <file>', 'a file with environment variables, such as .env')
    .addOption(new Option('--limit <number>', 'how many payments at most').argParser(toCount).default(1000))
    .option('--json', 'print the result as JSON')
    .addHelpText('after', syncHelp)
    .action(async (options) => {
      const { runSync } = await import('./run-sync.ts')
      await runSync(options, terminal)
    })

const reconcileHelp = `${shopHelp}

With --json: {"rails": [{"rail", "listed", "recorded", "unowned", "failed"}],
"notAsked": [{"rail", "why"}], "waiting"}

Exit codes: 0 done, 1 a list could not be compared, 2 wrong usage.

Examples:
  railswitch reconcile
  railswitch reconcile --rail payabl --from 2026-01-01 --to 2026-01-31`

/** `railswitch reconcile`: one run of `payments.reconcile()`. */
export const reconcileCommand = (terminal: Terminal): Command =>
  withShopOptions(new Command('reconcile'))
    .summary("compare the store with the vendors' lists")
    .description('Asks vendors that report something once at most for what they booked, and records what is missing.')
    .option('--rail <name>', 'only this rail')
    .option('--from <date>', 'the first day, such as 2026-01-01; default: two days ago')
    .option('--to <date>', 'the last day; default: today')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', reconcileHelp)
    .action(async (options) => {
      const { runReconcile } = await import('./run-reconcile.ts')
      await runReconcile(options, terminal)
    })

const importHelp = `
The file is JSON: one import or a list of them, as payments.importPayment() takes
it. "by" and "why" come from the file or from the options:

  [{ "deposit": { "rail": "trustly", "reference": "order-77",
       "state": "credited",
       "amount": { "value": "249.90", "currency": "SEK" },
       "vendorIds": ["9594811343"], "begunAt": "2026-03-02T10:15:00Z" } }]

Every import is looked up at the vendor. After a failure the rest is still
imported. Run the same file again: what is imported stays as it is.
${shopHelp}

With --json, a line for each: {"reference", "payment", "confirmed"} or
{"reference", "error": {"code", "message"}}

Exit codes: 0 all are imported, 1 at least one is not, 2 wrong usage.

Examples:
  railswitch import payments.json --by migration --why "begun before railswitch"`

/** `railswitch import`: payments that were begun elsewhere. */
export const importCommand = (terminal: Terminal): Command =>
  withShopOptions(new Command('import'))
    .summary('import payments that were begun elsewhere')
    .description(
      'Imports payments that were begun elsewhere, so that they can be refunded and their callbacks find them.',
    )
    .argument('<file>', 'a JSON file with the imports')
    .option('--by <name>', 'who imports them')
    .option('--why <text>', 'the reason')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', importHelp)
    .action(async (file, options) => {
      const { importPayments } = await import('./import-payments.ts')
      await importPayments(file, options, terminal)
    })

const eraseHelp = `
The customer's id and the account's id are erased. Money, other ids and times
stay. Afterwards the payment cannot be repeated, and its account can receive no
payout. An open payment is refused.
${shopHelp}

With --json: {"erased": reference}

Examples:
  railswitch erase order-1
  railswitch erase order-1 --yes --json`

/** `railswitch erase`: the personal data of one payment. */
export const eraseCommand = (terminal: Terminal): Command =>
  withShopOptions(new Command('erase'))
    .summary('erase the personal data of a payment')
    .description('Erases the personal data of a payment. It cannot be undone.')
    .argument('<reference>', 'your own reference')
    .option('--yes', 'do not ask')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', eraseHelp)
    .action(async (reference, options) => {
      const { erasePayment } = await import('./erase-payment.ts')
      await erasePayment(reference, options, terminal)
    })

const migrateHelp = `
Run it when the application is deployed. It can run in several processes at once.
${storeHelp}

With --json: {"store", "migrated": true}

Examples:
  DATABASE_URL=… railswitch migrate
  railswitch migrate --sql > railswitch.sql     for a migration tool of your own`

/** `railswitch migrate`: the tables of the store. */
export const migrateCommand = (terminal: Terminal): Command =>
  withStoreOptions(new Command('migrate'))
    .summary("bring the store's tables to this version")
    .description("Creates the store's tables, or brings them to the version of this release.")
    .option('--sql', 'print the statements instead of running them')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', migrateHelp)
    .action(async (options) => {
      const { migrateStore } = await import('./migrate-store.ts')
      await migrateStore(options, terminal)
    })

const sweepHelp = `
Payments that need sync or a review stay, and so do those whose account a stored
payout or charge uses. A deleted payment can neither be refunded nor recognised.
${storeHelp}

With --json: {"deleted"}

Examples:
  railswitch sweep
  railswitch sweep --days 800 --json`

/** `railswitch sweep`: the retention of the store. */
export const sweepCommand = (terminal: Terminal): Command =>
  withStoreOptions(new Command('sweep'))
    .summary('delete payments that ended long ago')
    .description('Deletes payments to which nothing has happened for some time.')
    .addOption(new Option('--days <number>', 'for how many days').argParser(toCount).default(400))
    .option('--json', 'print the result as JSON')
    .addHelpText('after', sweepHelp)
    .action(async (options) => {
      const { sweepStore } = await import('./sweep-store.ts')
      await sweepStore(options, terminal)
    })
