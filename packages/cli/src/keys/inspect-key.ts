import { isLeft } from '@railswitch/core'
import { describeKey, type KeyDescription } from '@railswitch/trustly-direct/diagnostics'
import { NegativeResult } from '../errors.ts'
import { readText } from '../files.ts'
import { printResult } from '../output/print.ts'
import { painter } from '../output/style.ts'
import { table } from '../output/table.ts'
import type { Terminal } from '../terminal.ts'

interface Options {
  readonly json?: true
}

/** Prints what a key is. Throws if it cannot be used. */
export const inspectKey = async (file: string, { json }: Options, terminal: Terminal): Promise<void> => {
  const key = describeKey(await readText(file, 'the key'), terminal.env.KEY_PASSPHRASE)
  if (isLeft(key)) {
    const { code, rule, fix } = key.left
    if (!json) throw new Error(`${file} ${rule}.\n  To fix it, ${fix}.`)
    terminal.out(`${JSON.stringify({ mistake: { code, rule, fix } })}\n`)
    throw new NegativeResult()
  }
  const { kind, bits, fingerprint, published } = key.right
  printResult(terminal, {
    json,
    result: { kind, bits, fingerprint, published },
    toText: () =>
      table(
        [
          ['kind', `${kind} key, RSA, ${bits} bits`],
          ['fingerprint', fingerprint],
          ['known as', painter(terminal)(published === null ? 'faint' : 'warning', knownAs(published, kind))],
        ],
        terminal,
      ),
  })
}

const knownAs = (published: KeyDescription['published'], kind: KeyDescription['kind']): string => {
  switch (published) {
    case null:
      return kind === 'private' ? 'a key of your own' : 'no published key'
    case 'trustly:test':
      return "Trustly's own key for tests"
    case 'trustly:live':
      return "Trustly's own live key"
    case 'tests':
      return 'a pair that is published for tests: anybody can sign with it'
    default:
      return published satisfies never
  }
}

/** Prints the fingerprint of each key. Throws if one cannot be read. */
export const fingerprintKeys = async (
  files: readonly string[],
  { json }: Options,
  terminal: Terminal,
): Promise<void> => {
  const keys = await Promise.all(
    files.map(async (file) => ({
      file,
      key: describeKey(await readText(file, 'the key'), terminal.env.KEY_PASSPHRASE),
    })),
  )
  const known = keys.map(({ file, key }) => {
    if (isLeft(key)) throw new Error(`${file} ${key.left.rule}.\n  To fix it, ${key.left.fix}.`)
    return { file, fingerprint: key.right.fingerprint }
  })
  printResult(terminal, {
    json,
    result: { keys: known },
    toText: () => known.map(({ file, fingerprint }) => `${fingerprint}  ${file}\n`).join(''),
  })
}
