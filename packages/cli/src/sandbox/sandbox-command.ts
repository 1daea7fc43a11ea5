import { Command } from 'commander'
import { toPort, toWebAddress, toWhole } from '../option-values.ts'
import type { Terminal } from '../terminal.ts'

const help = `
With --write-env, only the variables of the sandbox's accounts are replaced in
the file, and the address for callbacks if --callback-url is given. Load it with node --env-file=.env.

Without --merchants, each vendor has one merchant, whose keys and secrets are
generated at the start. The merchants file is JSON. A key is PEM text, or the
path of a key file relative to the merchants file:

  { "trustly": [{ "username": "shop", "password": "…",
                  "publicKey": "shop.pem" }],
    "payabl":  [{ "merchantId": "shop", "secret": "…" }] }

The chaos file is JSON too. GET /chaos/kinds of the control API lists the kinds
of chaos:

  { "seed": 7,
    "rules": [{ "on": "call", "method": "Refund", "nth": 2, "do": "drop" },
              { "on": "callback", "probability": 0.1, "do": "duplicate" }] }

Each call and each attempt to deliver a callback is printed as it happens, with
the reason if it fails; not with --quiet or --json. In another terminal, railswitch
trigger simulates an outcome of a payment.

With --json: {"trustly": {"url", "publicKeyFile", "username", "password",
"privateKeyFile"}, "payabl": {"url", "merchantId", "secret"}, "backOffice",
"control": {"url", "token"}}

Examples:
  railswitch sandbox                          start on a free port
  railswitch sandbox --port 4270              use the same addresses each time
  railswitch sandbox --port 4270 --write-env  write .env for an application
  railswitch sandbox --data .sandbox          keep everything over restarts
  railswitch sandbox --json > sandbox.json &  for scripts: one line of JSON
  railswitch sandbox --merchants shop.json    use your own accounts

Press Ctrl+C to stop. Without --data, all data is lost.`

/** `railswitch sandbox`: runs both vendors on this machine until the user stops it. */
export const sandboxCommand = (terminal: Terminal): Command =>
  new Command('sandbox')
    .summary('run a sandbox of both vendors on your machine')
    .description(
      'Starts a sandbox of both vendors: their APIs, checkout pages and callbacks, without a contract or real money.',
    )
    .option('-p, --port <number>', 'the port to listen on; 0 selects a free port', toPort, 0)
    .option('--json', 'print the addresses and credentials in one line of JSON')
    .option('-q, --quiet', 'do not print calls and callbacks')
    .option('--merchants <file>', 'a JSON file with the accounts of merchants')
    .option('--data <folder>', 'a folder that keeps merchants, keys, payments and the clock over restarts')
    .option(
      '--write-env [file]',
      'write the variables of an application on both rails to a file; .env if none is named',
    )
    .option(
      '--callback-url <address>',
      'with --write-env: the address of the application for callbacks; default: that of the file, otherwise http://127.0.0.1:3000/callbacks',
      toWebAddress,
    )
    .option('--chaos <file>', 'a JSON file with the chaos script: the faults to simulate')
    .option('--seed <number>', 'the seed of random choices: the same seed gives the same chaos', toWhole, 1)
    .option(
      '--host <address>',
      'the address to listen on; other machines can reach any address but the default',
      '127.0.0.1',
    )
    .option('--host-name <name...>', 'additional host names to accept in requests; unknown names are refused')
    .option('--public-url <address>', 'the address that applications and customers use, if it differs', toWebAddress)
    .option('--allow-remote', 'also send callbacks to other machines')
    .addHelpText('after', help)
    .action(async (options) => {
      const { runSandbox } = await import('./run-sandbox.ts')
      await runSandbox(options, terminal)
    })
