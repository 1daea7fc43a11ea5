import { readFileSync } from 'node:fs'
import { isLeft } from '@railswitch/core'
import { trustlyPublicKeys } from '@railswitch/trustly-direct'
import { diagnoseSignature, type SignatureDiagnostics } from '@railswitch/trustly-direct/diagnostics'
import { NegativeResult, UsageError } from '../errors.ts'
import type { Terminal } from '../terminal.ts'

/** Prints whether one of the keys signed the message. Throws if none did. */
export const verifyMessage = async (
  { key, explain, json }: { readonly key: readonly string[]; readonly explain?: true; readonly json?: true },
  terminal: Terminal,
): Promise<void> => {
  const keys = key.map(readKey)
  const made = diagnoseSignature(await terminal.input(), keys)
  if (isLeft(made)) {
    const { field, rule, fix } = made.left
    if (field === 'key') throw new UsageError(`A key ${rule}: ${fix}.`)
    throw new Error(`Not verified. The message ${rule}: ${fix}.`)
  }
  const report = made.right
  if (json) {
    const { verified, kind, method, hash, mistakes } = report
    terminal.out(`${JSON.stringify({ verified, kind, method, hash, mistakes })}\n`)
    if (!verified) throw new NegativeResult()
    return
  }
  if (!report.verified)
    throw new Error(explain ? explained(report) : `${unverified(report)} Add --explain to find the mistake.`)
  terminal.out(`Verified: ${what(report)}, signed with ${hashes[report.hash ?? 'sha1']}.\n`)
}

const readKey = (file: string): string => {
  if (file === 'trustly:test') return trustlyPublicKeys.test
  if (file === 'trustly:live') return trustlyPublicKeys.live
  try {
    return readFileSync(file, 'utf8')
  } catch {
    throw new UsageError(`${file} cannot be read.`)
  }
}

const hashes = { sha1: 'SHA-1', rs256: 'SHA-256', rs384: 'SHA-384', rs512: 'SHA-512' }

const what = ({ kind, method }: SignatureDiagnostics): string =>
  `${kind === 'error' ? 'an' : 'a'} ${kind}${method === null ? '' : ` (${method})`}`

const unverified = (report: SignatureDiagnostics): string => `Not verified: ${what(report)}.`

const explained = (report: SignatureDiagnostics): string =>
  [
    unverified(report),
    ...(report.mistakes.length > 1 ? ['All of these mistakes together:'] : []),
    ...report.mistakes.flatMap(({ code, rule, fix }) => [`  ${code}: ${rule}.`, `    To fix it, ${fix}.`]),
  ].join('\n')
