import { Command, InvalidArgumentError } from 'commander'
import type { Terminal } from '../terminal.ts'

const help = `
Without --merchants both vendors know one merchant, whose keys and secrets are made at the start.
A file of merchants is JSON; a key is PEM text, or a file's path seen from that file:

  { "trustly": [{ "username": "shop", "password": "…", "publicKey": "keys/shop.pem" }],
    "payabl":  [{ "merchantId": "shop", "secret": "…" }] }

Chaos is JSON too; GET /chaos/kinds of the control API says what can go wrong:

  { "seed": 7, "rules": [{ "on": "call", "method": "Refund", "nth": 2, "do": "drop" },
                         { "on": "callback", "probability": 0.1, "do": "duplicate" }] }

Examples:
  railswitch sandbox                          look around in the back office
  railswitch sandbox --port 4270              always the same addresses
  railswitch sandbox --json > sandbox.json &      for scripts: one line with all addresses and credentials
  railswitch sandbox --merchants shop.json    with the accounts of your own configuration

Ctrl+C ends it, and everything that it knew is gone.`

/** `railswitch sandbox`: both vendors on this machine until it is ended. */
export const sandboxCommand = (terminal: Terminal): Command =>
  new Command('sandbox')
    .summary('a sandbox of the vendors on your machine')
    .description(
      'Starts a sandbox of both vendors: their APIs, checkout pages and callbacks, without a contract or real money.',
    )
    .option('-p, --port <number>', 'the port to listen on; a free one unless given', toPort, 0)
    .option('--json', 'say what was started in one line of JSON')
    .option('--merchants <file>', 'the accounts that the vendors know, as JSON')
    .option('--chaos <file>', 'what goes wrong on purpose, as JSON')
    .option('--seed <number>', 'what chance draws from: the same seed, the same chaos', toSeed, 1)
    .option('--host <address>', 'the address to listen on; others can reach any but the usual one', '127.0.0.1')
    .option('--host-name <name...>', 'names by which others may call this machine; any other is refused')
    .option('--public-url <address>', 'what shops and customers call it, where that is another address', toWebAddress)
    .option('--allow-remote', 'send callbacks to other machines too')
    .addHelpText('after', help)
    .action(async (options) => {
      const { runSandbox } = await import('./run-sandbox.ts')
      await runSandbox(options, terminal)
    })

const toPort = (text: string): number => {
  const port = toWhole(text)
  if (port > 65_535) throw new InvalidArgumentError('A port is at most 65535.')
  return port
}

const toWebAddress = (text: string): string => {
  if (/^https?:\/\//.test(text) && URL.canParse(text)) return text
  throw new InvalidArgumentError('That is no http(s) address.')
}

const toSeed = (text: string): number => toWhole(text)

const toWhole = (text: string): number => {
  const number = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN
  if (Number.isNaN(number)) throw new InvalidArgumentError('That is not a whole number.')
  return number
}
