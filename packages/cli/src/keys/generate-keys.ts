import { printResult } from '../output/print.ts'
import type { Terminal } from '../terminal.ts'
import { writeKeyPair } from './key-pair.ts'

interface Options {
  readonly folder: string
  readonly bits: string
  readonly json?: true
}

/** Writes a new pair to the folder. */
export const generateKeys = async ({ folder, bits, json }: Options, terminal: Terminal): Promise<void> => {
  const pair = await writeKeyPair(folder, '', Number(bits))
  printResult(terminal, {
    json,
    result: { ...pair, bits: Number(bits) },
    toText: () => `Written:
  ${pair.privateKeyFile}  sign with it; keep it secret
  ${pair.publicKeyFile}  send it to Trustly

Fingerprint  ${pair.fingerprint}
`,
  })
}
