import { existsSync } from 'node:fs'
import { rename } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { isLeft } from '@railswitch/core'
import { describeKey } from '@railswitch/trustly-direct/diagnostics'
import { UsageError } from '../errors.ts'
import { readText } from '../files.ts'
import { printResult } from '../output/print.ts'
import type { Terminal } from '../terminal.ts'
import { writeKeyPair } from './key-pair.ts'

interface Options {
  readonly privateKey: string
  readonly finish: true | undefined
  readonly json: true | undefined
}

/** Generates the next pair, or, with `finish`, replaces the current pair by it. Deletes nothing. */
export const rotateKey = async (options: Options, terminal: Terminal): Promise<void> => {
  const { privateKey, finish } = options
  const current = describeKey(await readText(privateKey, 'the private key'), terminal.env.KEY_PASSPHRASE)
  if (isLeft(current)) throw new UsageError(`${privateKey} ${current.left.rule}. To fix it, ${current.left.fix}.`)
  if (current.right.kind !== 'private') throw new UsageError(`${privateKey} is a public key: pass the private one.`)
  const folder = dirname(privateKey)
  const next = { privateKey: join(folder, 'next-private.pem'), publicKey: join(folder, 'next-public.pem') }
  await (finish ? finishRotation(options, next, terminal) : beginRotation(options, current.right.bits, next, terminal))
}

interface Pair {
  readonly privateKey: string
  readonly publicKey: string
}

const beginRotation = async (
  { privateKey, json }: Options,
  bits: number,
  next: Pair,
  terminal: Terminal,
): Promise<void> => {
  if (existsSync(next.privateKey))
    throw new UsageError(
      `A rotation is in progress: ${next.privateKey} exists. Finish it with --finish, or remove both files of the next pair.`,
    )
  const pair = await writeKeyPair(dirname(privateKey), 'next-', Math.max(2048, bits))
  printResult(terminal, {
    json,
    result: { step: 'generated', files: [pair.privateKeyFile, pair.publicKeyFile], fingerprint: pair.fingerprint },
    toText: () => `The next key pair is generated. Requests are still signed with ${privateKey}.

  1. Send ${pair.publicKeyFile} to Trustly, and agree on a time.
     Its fingerprint:
     ${pair.fingerprint}
  2. At that time:
     railswitch keys rotate key --private-key ${privateKey} --finish
`,
  })
}

const finishRotation = async ({ privateKey, json }: Options, next: Pair, terminal: Terminal): Promise<void> => {
  if (!existsSync(next.privateKey))
    throw new UsageError(`There is no ${next.privateKey}: begin the rotation without --finish.`)
  const key = describeKey(await readText(next.privateKey, 'the next private key'))
  if (isLeft(key) || key.right.kind !== 'private') throw new UsageError(`${next.privateKey} is not a private key.`)
  const folder = dirname(privateKey)
  const previous = join(folder, 'previous-private.pem')
  const previousPublic = join(folder, 'previous-public.pem')
  const currentPublic = join(folder, basename(privateKey).replace('private', 'public'))
  const taken = [previous, previousPublic].find((file) => existsSync(file))
  if (taken !== undefined)
    throw new UsageError(
      `${taken} of an earlier rotation exists and is not overwritten: move it to another folder first.`,
    )
  await rename(privateKey, previous)
  await rename(next.privateKey, privateKey).catch(async (error) => {
    await rename(previous, privateKey)
    throw error
  })
  const isPair = currentPublic !== privateKey
  if (isPair && existsSync(currentPublic)) await rename(currentPublic, previousPublic)
  if (isPair && existsSync(next.publicKey)) await rename(next.publicKey, currentPublic)
  printResult(terminal, {
    json,
    result: { step: 'finished', files: [privateKey, previous], fingerprint: key.right.fingerprint },
    toText: () => `${privateKey} is now the new key, with the fingerprint
${key.right.fingerprint}
The previous key is ${previous}.

  1. Restart every process that signs.
  2. Check with railswitch doctor --online that Trustly has the new key.
  3. If it does not have it, rename the files back and restart.
`,
  })
}
