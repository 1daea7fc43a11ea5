import { isLeft } from '@railswitch/core'
import { diagnoseCallback, diagnoseRequest, type RequestDiagnostics } from '@railswitch/payabl-trustly/diagnostics'
import { NegativeResult } from '../errors.ts'
import type { Terminal } from '../terminal.ts'
import { noForm, readBody } from './form-body.ts'
import { readSecrets } from './secrets.ts'

/** The result for a body: a request or a callback. */
interface Finding {
  readonly kind: 'request' | 'callback'
  readonly names: readonly string[]
  readonly masked: string
  readonly genuine: boolean
  /** One sentence. */
  readonly summary: string
  readonly details: readonly string[]
}

/** Prints whether a secret signed the body. Throws if none did. */
export const verifyBody = async (
  { explain, secretFile, json }: { readonly explain?: true; readonly secretFile?: string; readonly json?: true },
  terminal: Terminal,
): Promise<void> => {
  const secrets = readSecrets(secretFile, terminal)
  const finding = examine(await readBody(terminal), secrets)
  if (json) {
    const { kind, names, masked: text, genuine: verified, summary, details } = finding
    terminal.out(`${JSON.stringify({ verified, kind, summary, names, text, details })}\n`)
    if (!verified) throw new NegativeResult()
    return
  }
  if (explain) terminal.out(explained(finding))
  if (!finding.genuine)
    throw new Error(`Not verified: ${finding.summary}${explain ? '' : ' Add --explain for details.'}`)
  terminal.out(`Verified: ${finding.summary}\n`)
}

const examine = (body: Uint8Array, secrets: readonly [string, ...string[]]): Finding => {
  const request = diagnoseRequest(body, { secrets })
  if (isLeft(request)) throw new Error(noForm(request.left))
  return request.right.names.includes('security') ? asCallback(body, secrets) : asRequest(request.right)
}

const asRequest = ({ names, masked, genuine, causes }: RequestDiagnostics): Finding => ({
  kind: 'request',
  names,
  masked,
  genuine,
  summary: `a request. ${causes.find(({ cause }) => cause === 'signature')?.why ?? ''}`,
  details: causes.map(({ cause, finding, why }) => `${cause}: ${finding}. ${why}`),
})

const asCallback = (body: Uint8Array, secrets: readonly string[]): Finding => {
  const callback = diagnoseCallback(body, secrets)
  if (isLeft(callback)) throw new Error(noForm(callback.left))
  const { names, masked, genuine, mistake, uncovered } = callback.right
  return {
    kind: 'callback',
    names,
    masked,
    genuine,
    summary: `a callback. ${mistake ?? 'Its security matches the secret.'}`,
    details: [
      uncovered.length === 0 ? 'security covers every field' : `not covered by security: ${uncovered.join(' ')}`,
    ],
  }
}

const explained = ({ names, masked, details }: Finding): string =>
  [`names  ${names.join(' ') || '(none)'}`, `text   ${masked}`, ...details, ''].join('\n')
