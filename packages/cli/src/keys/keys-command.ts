import { Argument, Command, Option } from 'commander'
import type { Terminal } from '../terminal.ts'

const help = `
Examples:
  railswitch keys generate --folder keys
  railswitch keys inspect keys/public.pem
  railswitch keys rotate key --private-key keys/private.pem

Each command has its own help: railswitch keys generate --help`

/** `railswitch keys`: RSA pairs as Trustly wants them, and the rotation of keys and secrets. */
export const keysCommand = (terminal: Terminal): Command =>
  new Command('keys')
    .summary('make, inspect and rotate keys')
    .description('Makes RSA key pairs as Trustly wants them, and rotates keys and secrets. Nothing is sent.')
    .addHelpText('after', help)
    .addCommand(generateCommand(terminal))
    .addCommand(inspectCommand(terminal))
    .addCommand(fingerprintCommand(terminal))
    .addCommand(rotateCommand(terminal))

const generateHelp = `
Writes private.pem (PKCS#8, readable only by you) and public.pem (SPKI).
Existing files are never overwritten. Each environment of Trustly needs its own
pair.

The fingerprint is the SHA-256 of the public key, as this prints it:
  openssl pkey -pubin -in public.pem -outform der | sha256sum

With --json: {"privateKeyFile", "publicKeyFile", "bits", "fingerprint"}

Examples:
  railswitch keys generate
  railswitch keys generate --folder keys/live --bits 4096`

const generateCommand = (terminal: Terminal): Command =>
  new Command('generate')
    .summary('make an RSA pair for Trustly')
    .description('Makes an RSA key pair as Trustly wants it.')
    .option('--folder <folder>', 'where the two files are written', '.')
    .addOption(new Option('--bits <number>', 'the size of the key').choices(['2048', '3072', '4096']).default('2048'))
    .option('--json', 'print the result as JSON')
    .addHelpText('after', generateHelp)
    .action(async (options) => {
      const { generateKeys } = await import('./generate-keys.ts')
      await generateKeys(options, terminal)
    })

const inspectHelp = `
The file is a PEM or JWK, with a private or a public key. The passphrase of an
encrypted key comes from KEY_PASSPHRASE. The private part is never printed.

With --json: {"kind", "bits", "fingerprint", "published"}. "published" is
"trustly:test" or "trustly:live" for a key of Trustly's own, "tests" for a pair
that is published for tests, and otherwise null.

Exit codes: 0 a usable key, 1 not one, 2 wrong usage or an unreadable file.

Examples:
  railswitch keys inspect private.pem
  KEY_PASSPHRASE=… railswitch keys inspect encrypted.pem --json`

const inspectCommand = (terminal: Terminal): Command =>
  new Command('inspect')
    .summary('print what a key is, or why it is not usable')
    .description('Prints what a key is, or why it cannot be used and how to fix it.')
    .argument('<file>', 'the file of the key')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', inspectHelp)
    .action(async (file, options) => {
      const { inspectKey } = await import('./inspect-key.ts')
      await inspectKey(file, options, terminal)
    })

const fingerprintHelp = `
Both halves of a pair have the same fingerprint: the SHA-256 of the public key
(SPKI in DER). Compare it with Trustly's support by telephone or e-mail. The
passphrase of an encrypted key comes from KEY_PASSPHRASE.

With --json: {"keys": [{"file", "fingerprint"}]}

Examples:
  railswitch keys fingerprint private.pem
  railswitch keys fingerprint private.pem public.pem`

const fingerprintCommand = (terminal: Terminal): Command =>
  new Command('fingerprint')
    .summary('print the fingerprint of keys')
    .description('Prints the fingerprint of each key.')
    .argument('<files...>', 'the files of the keys')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', fingerprintHelp)
    .action(async (files, options) => {
      const { fingerprintKeys } = await import('./inspect-key.ts')
      await fingerprintKeys(files, options, terminal)
    })

const rotateHelp = `
key: the private key with which you sign for Trustly. Trustly has one public key
of yours per environment, and its support replaces it.
  1. The first call makes the next pair beside the current one. Send
     next-public.pem to Trustly, and agree on a time. The current key still
     signs.
  2. At that time, call again with --finish. The next pair takes the place of
     the current one, which stays as previous-private.pem. Then restart.

callback-secret: the secret that signs the addresses for callbacks. The new one
is written to RAILSWITCH_CALLBACK_SECRETS of --env-file, in front of the older
ones, which still open their addresses. Then restart. Remove an old one when no
callback of its payments can arrive any more: see docs/security.md.

The secret of payabl: set RAILSWITCH_<RAIL>_SECRET=<new>,<old>, restart, let
payabl switch, then remove the old one.

With --json: {"step", "files": [name], "fingerprint"} for a key, where "step" is
"generated" or "finished"; {"file", "secrets"} for a secret, the number of them.

Examples:
  railswitch keys rotate key --private-key keys/private.pem
  railswitch keys rotate key --private-key keys/private.pem --finish
  railswitch keys rotate callback-secret --env-file .env`

const rotateCommand = (terminal: Terminal): Command =>
  new Command('rotate')
    .summary('replace a key or a secret step by step')
    .description('Replaces a key or a secret step by step, without a moment in which callbacks are refused.')
    .addArgument(new Argument('<what>', 'what is replaced').choices(['key', 'callback-secret']))
    .option('--private-key <file>', 'for a key: the file of the current private key')
    .option('--finish', 'for a key: put the next pair in the place of the current one')
    .option('--env-file <file>', 'for a secret: the file with RAILSWITCH_CALLBACK_SECRETS')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', rotateHelp)
    .action(async (what, options) => {
      const { rotate } = await import('./rotate.ts')
      await rotate(what, options, terminal)
    })
