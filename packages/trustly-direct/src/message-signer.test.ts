import { sign as rsaSign } from 'node:crypto'
import { inspect } from 'node:util'
import { isLeft, type Signer, systemRuntime } from '@railswitch/core/provider'
import { merchantPair as merchant, strangerPair as stranger } from '@railswitch/sandbox/fixtures/keys'
import { keySigner, remoteSigner, signingError } from './message-signer.ts'
import { type SignatureHash, signSync } from './wire/signature.ts'

const message = { method: 'Deposit', uuid: '258a2184-2842-b485-25ca-293525152425', data: { EndUserID: 'Åsa' } }
const algorithms: readonly SignatureHash[] = ['sha1', 'rs256', 'rs384', 'rs512']

/** Stands in for a KMS: it signs with the merchant's key. */
const kms: Signer = { sign: async (bytes, { hash }) => rsaSign(hash, bytes, merchant.privateKey) }

/** A signer with timers that the test ends. */
const signerOf = (
  signer: Signer,
  { algorithm = 'rs256', registered = [merchant.publicKey], timeoutMs = 30_000 } = {},
) => {
  const timers = new Set<{ readonly ms: number; readonly job: () => void }>()
  const runtime = {
    ...systemRuntime,
    after: (ms: number, job: () => void) => {
      const timer = { ms, job }
      timers.add(timer)
      return () => timers.delete(timer)
    },
  }
  const options = { algorithm: algorithm as SignatureHash, registered, timeoutMs, runtime }
  return { ...remoteSigner(signer, options), timers }
}

const faultOf = async (signer: Signer, more = {}) => {
  const signature = await signerOf(signer, more).sign(message)
  if (!isLeft(signature)) throw new Error('It has signed.')
  return signature.left
}

describe.each(algorithms)('with %s', (algorithm) => {
  const expected = signSync(message, { key: merchant.privateKey, hash: algorithm })

  test('a signer makes the same bytes as the private key', async () => {
    const { sign, signReply, timers } = signerOf(kms, { algorithm })
    expect(await sign(message)).toEqual(expected)
    expect(await signReply(message)).toEqual(expected)
    expect(timers.size).toBe(0)
  })

  test('a private key signs requests later and acknowledgements at once', async () => {
    const { sign, signReply } = keySigner({ key: merchant.privateKey, hash: algorithm })
    expect(await sign(message)).toEqual(expected)
    expect(signReply(message)).toEqual(expected)
  })
})

test('a signer receives the bytes, the name of the hash, and a signal', async () => {
  const received: unknown[] = []
  const watching: Signer = {
    sign: (bytes, options) => {
      received.push(Buffer.from(bytes).toString(), options.hash, options.signal.aborted)
      return kms.sign(bytes, options)
    },
  }
  await signerOf(watching, { algorithm: 'rs512' }).sign(message)
  expect(received).toEqual(['Deposit258a2184-2842-b485-25ca-293525152425EndUserIDÅsa', 'sha512', false])
})

test('without `registeredPublicKey`, any RSA signature of 2048 bits or more is taken', async () => {
  const other: Signer = { sign: async (bytes, { hash }) => rsaSign(hash, bytes, stranger.privateKey) }
  expect(isLeft(await signerOf(other, { registered: [] }).sign(message))).toBe(false)
})

test.each<[string, Signer['sign']]>([
  ['by another key', async (bytes, { hash }) => rsaSign(hash, bytes, stranger.privateKey)],
  ['with another hash', async (bytes) => rsaSign('sha1', bytes, merchant.privateKey)],
  ['of other bytes', async (_bytes, { hash }) => rsaSign(hash, Buffer.from('x'), merchant.privateKey)],
])('with `registeredPublicKey`, a signature %s is refused before anything is sent', async (_name, sign) => {
  expect(signingError(await faultOf({ sign }), false)).toMatchObject({ code: 'misconfigured', effect: 'not_sent' })
})

test.each<[string, unknown]>([
  ['nothing', undefined],
  ['base64 text', 'c2lnbmF0dXJl'],
  ['an empty signature', new Uint8Array()],
  ['a signature of 1024 bits', new Uint8Array(128)],
])('%s is no signature', async (_name, returned) => {
  const sign = (async () => returned) as Signer['sign']
  expect(signingError(await faultOf({ sign }, { registered: [] }), false)).toMatchObject({
    code: 'misconfigured',
    effect: 'not_sent',
    message: expect.stringContaining('`signer`'),
  })
})

const refusal = Object.assign(new Error('marked-details'), { name: 'AccessDeniedException' })

test.each<[string, Signer['sign']]>([
  ['rejects', () => Promise.reject(refusal)],
  [
    'throws',
    () => {
      throw refusal
    },
  ],
])('the error of a signer that %s is the cause, and only its name is shown', async (_name, sign) => {
  const error = signingError(await faultOf({ sign }), false)
  expect(error).toMatchObject({ code: 'unreachable', effect: 'not_sent', retry: 'same_attempt', cause: refusal })
  expect(error.message).toContain('AccessDeniedException')
  for (const text of [error.message, error.hint, JSON.stringify(error)]) expect(text).not.toContain('marked-')
})

test('a signer that hangs is given up after the time limit, and its signal is aborted', async () => {
  let aborted = false
  const hanging: Signer = {
    sign: (_bytes, { signal }) => {
      signal.addEventListener('abort', () => {
        aborted = true
      })
      return new Promise(() => {})
    },
  }
  const { sign, timers } = signerOf(hanging, { timeoutMs: 7 })
  const signature = sign(message)
  expect([...timers].map(({ ms }) => ms)).toEqual([7])
  for (const { job } of timers) job()
  const fault = await signature
  if (!isLeft(fault)) throw new Error('It has signed.')
  expect(aborted).toBe(true)
  expect(signingError(fault.left, false)).toMatchObject({
    code: 'unreachable',
    effect: 'not_sent',
    message: expect.stringContaining('SignatureTimeout'),
  })
})

test('a signer that fails long after the time limit disturbs nobody', async () => {
  let fail = (): void => {}
  const late: Signer = {
    sign: () =>
      new Promise((_, reject) => {
        fail = () => reject(refusal)
      }),
  }
  const { sign, timers } = signerOf(late)
  const signature = sign(message)
  for (const { job } of timers) job()
  expect(isLeft(await signature)).toBe(true)
  fail()
  await new Promise((resolve) => setImmediate(resolve))
})

test('after an earlier call of the same attempt, no signature proves nothing', async () => {
  expect(signingError(await faultOf({ sign: () => Promise.reject(refusal) }), true)).toMatchObject({
    effect: 'may_have_happened',
    retry: 'same_attempt',
  })
  expect(signingError('cannot_sign', true)).toMatchObject({ code: 'misconfigured', effect: 'may_have_happened' })
})

test('no look inside a signer shows the key', () => {
  expect(inspect(keySigner({ key: merchant.privateKey, hash: 'sha1' }), { depth: 9 })).not.toContain('PRIVATE')
})
