import { createHmac } from 'node:crypto'
import type { Tokens } from '@railswitch/callbacks'
import { wireReference } from '@railswitch/core'

/** Callback tokens with the rules of the library's own, made at once: WebCrypto would end in any order. */
export const createSimulatedTokens = (secrets: readonly [string, ...string[]]): Tokens => ({
  async sign({ kind, reference, attempt, expect, rail }) {
    const payload = [kind, wireReference(reference), attempt, expect.value, expect.currency, rail]
    const encoded = Buffer.from(JSON.stringify(payload)).toString('base64url')
    return `${encoded}.${mac(encoded, secrets[0])}`
  },
  async open(rail, token) {
    const [encoded = '', given] = token.split('.')
    if (!secrets.some((secret) => mac(encoded, secret) === given)) return null
    const [kind, reference, attempt, , , rails] = JSON.parse(Buffer.from(encoded, 'base64url').toString())
    return rails === rail ? { kind, reference, attempt } : null
  },
})

const mac = (text: string, secret: string): string =>
  createHmac('sha256', secret).update(text).digest('base64url').slice(0, 22)
