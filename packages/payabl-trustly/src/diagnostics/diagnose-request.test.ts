import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { isLeft, left } from '@railswitch/core/provider'
import { diagnoseRequest, type RequestContext, type RequestDiagnostics } from './diagnose-request.ts'
import { signForm } from './sign-form.ts'

interface RequestVector {
  readonly name: string
  readonly kind: string
  readonly provenance: 'published' | 'derived'
  readonly params: Record<string, string>
  readonly secret: string
  readonly expected_sha1: string
  readonly encoding?: string
  readonly wire?: string
}

const fixtures = new URL('../__fixtures__/', import.meta.url)
const vectors = (JSON.parse(readFileSync(new URL('vectors.json', fixtures), 'utf8')) as RequestVector[]).filter(
  ({ kind }) => kind === 'request-sha1',
)
const sample = (name: string) =>
  readFileSync(new URL(`samples/${name}`, fixtures), 'latin1')
    .split('\r\n\r\n')
    .at(-1)
    ?.trim() ?? ''
const preauthorize = sample('req-preauthorize-trustly.http')

const explain = (body: string | Uint8Array, context: Partial<RequestContext> = {}): RequestDiagnostics => {
  const explained = diagnoseRequest(body, { secrets: ['b185'], ...context })
  if (isLeft(explained)) throw new Error(explained.left.reason)
  return explained.right
}
const cause = ({ causes }: RequestDiagnostics, wanted: string) => causes.find((one) => one.cause === wanted)
const sha1 = (bytes: string) => createHash('sha1').update(Buffer.from(bytes, 'latin1')).digest('hex')
const resigned = (body: string, signature: string) => body.replace(/signature=[0-9a-f]*/, `signature=${signature}`)

describe('a signed form', () => {
  test.each(vectors.map((vector) => [`${vector.provenance}: ${vector.name}`, vector] as const))(
    'has the signature of the vector, %s',
    async (_, { params, secret, expected_sha1, encoding, wire }) => {
      const body = new URLSearchParams(params).toString()
      const signed = await signForm(body, { secret, charset: encoding === 'latin1' ? 'iso-8859-1' : 'utf-8' })()
      expect(signed).toMatchObject({ right: { signature: expected_sha1 } })
      if (wire && !isLeft(signed)) expect(explain(signed.right.body, { secrets: [secret] }).genuine).toBe(true)
    },
  )

  test('is the documentation`s own request again, whatever signature stood in it (secret b185)', async () => {
    const body = sample('req-resend-notification-authentic.txt')
    expect(await signForm(resigned(body, 'nonsense'), { secret: 'b185', charset: 'iso-8859-1' })()).toMatchObject({
      right: { body, names: ['merchantid', 'transactionid'], masked: 'gateway_test3d104837645<secret>' },
    })
  })

  test('is of the bytes of its charset', async () => {
    const body = 'firstname=J%C3%BCrgen'
    const latin1 = await signForm(body, { secret: 's', charset: 'iso-8859-1' })()
    expect(latin1).toMatchObject({
      right: { signature: sha1('J\xfcrgens'), body: expect.stringContaining('J%FCrgen') },
    })
    const utf8 = await signForm(body, { secret: 's', charset: 'utf-8' })()
    expect(utf8).toMatchObject({ right: { signature: sha1('J\xc3\xbcrgens') } })
  })

  test('is refused, unless respelling is asked for, where ISO-8859-1 lacks a letter', async () => {
    const body = `firstname=${encodeURIComponent('Łukasz')}`
    const options = { secret: 's', charset: 'iso-8859-1' } as const
    expect(await signForm(body, options)()).toMatchObject({ left: { kind: 'unencodable', field: 'firstname' } })
    expect(await signForm(body, { ...options, onUnencodable: 'transliterate' })()).toMatchObject({
      right: { body: expect.stringContaining('firstname=Lukasz&') },
    })
  })

  test('is refused when the text is no form', async () => {
    for (const body of ['{"a":1}', 'a=1&a=2', 'a=%'])
      expect(await signForm(body, { secret: 's', charset: 'utf-8' })()).toMatchObject({ left: { kind: 'form' } })
  })
})

describe('a request explained', () => {
  test('names what is hashed, in its order, and masks the secret and whatever is personal', () => {
    const { names, masked, genuine } = explain(preauthorize)
    expect(names).toEqual(names.toSorted())
    expect(names).not.toContain('signature')
    expect(masked).toMatch(/^10\.00SWEEUR\*{19}sv\*{4}gateway_test\*{34}trustly-0001116https:/)
    expect(masked).toMatch(/<secret>$/)
    expect(genuine).toBe(true)
    expect(masked).not.toMatch(/b185|Muster|Mann|test@/)
  })

  test.each(readdirSync(new URL('samples/', fixtures)).filter((name) => /^req-.*\.http$/.test(name)))(
    'excludes the signature and the fields of %s',
    (name) => {
      const explained = explain(sample(name))
      expect([cause(explained, 'signature')?.finding, cause(explained, 'fields')?.finding]).toEqual([
        'excluded',
        'excluded',
      ])
    },
  )

  test('leaves open what only payabl can know', () => {
    const { causes } = explain(preauthorize)
    expect(causes.map(({ cause, finding }) => `${cause} ${finding}`)).toEqual([
      'signature excluded',
      'credentials open',
      'environment open',
      'fields excluded',
      'currency open',
    ])
  })

  test('any of several secrets may have signed', () => {
    expect(explain(preauthorize, { secrets: ['new', 'b185'] }).genuine).toBe(true)
    expect(explain(preauthorize, { secrets: ['new'] }).genuine).toBe(false)
  })
})

describe('a wrong signature shows the mistake that made it', () => {
  const params = { merchantid: 'm', amount: '8.50', currency: 'EUR', transactionid: '7', zip: ' ü+' }
  const latin1 = 'merchantid=m&amount=8.50&currency=EUR&transactionid=7&zip=+%FC%2B&signature=0'
  const utf8 = 'merchantid=m&amount=8.50&currency=EUR&transactionid=7&zip=+%C3%BC%2B&signature=0'
  const values = (zip: string, amount = params.amount) => `${amount}EURm7${zip}`

  test.each<[string, string, string]>([
    ['not sorted', latin1, sha1('m8.50EUR7 \xfc+b185')],
    ['in front', latin1, sha1(`b185${values(' \xfc+')}`)],
    ['secret is left out', latin1, sha1(values(' \xfc+'))],
    ['names are hashed', latin1, sha1('amount=8.50&currency=EUR&merchantid=m&transactionid=7&zip= \xfc+b185')],
    [
      'SHA-256',
      latin1,
      createHash('sha256')
        .update(`${values(' \xfc+')}b185`, 'latin1')
        .digest('hex'),
    ],
    ['escaped', utf8, sha1(`${values('+%C3%BC%2B')}b185`)],
    ['hashed in UTF-8 and sent in ISO-8859-1', latin1, sha1(`${values(' \xc3\xbc+')}b185`)],
    ['hashed in ISO-8859-1 and sent in UTF-8', utf8, sha1(`${values(' \xfc+')}b185`)],
    ['trimmed', latin1, sha1(`${values('\xfc+')}b185`)],
    ['hashed as 8.5 and sent as 8.50', latin1, sha1(`${values(' \xfc+', '8.5')}b185`)],
    ['value of transactionid is left out', latin1, sha1('8.50EURm \xfc+b185')],
    ['white space behind', latin1, sha1(`${values(' \xfc+')}b185\n`)],
    ['upper case', latin1, sha1(`${values(' \xfc+')}b185`).toUpperCase()],
    ['does not make this signature', latin1, sha1('anything')],
  ])('%s', (says, body, signature) => {
    const found = cause(explain(resigned(body, signature)), 'signature')
    expect(found).toMatchObject({ finding: 'found', why: expect.stringContaining(says) })
  })

  test('or that there is none', () => {
    expect(cause(explain('merchantid=m'), 'signature')?.why).toBe('There is no signature.')
  })
})

describe('the other causes of -999 and -6000', () => {
  const fields = (body: string, action?: string) => cause(explain(body, { action }), 'fields')

  test.each([
    ['email', 'email is missing'],
    ['url_return', 'url_return is missing'],
    ['merchantid', 'merchantid is missing'],
  ])('%s left out', (name, why) => {
    const body = preauthorize.replace(new RegExp(`(^|&)${name}=[^&]*`), '').replace(/^&/, '')
    expect(fields(body)).toMatchObject({ finding: 'found', why: expect.stringContaining(why) })
  })

  test.each([
    ['amount=10.00', 'amount=10.5', 'amount must be'],
    ['country=SWE', 'country=SE', 'country must be three capitals'],
    ['language=sv', 'language=nb', 'language must be one of da de en'],
    ['url_return=https', 'url_return=ftp', 'url_return must be an http(s) address'],
  ])('%s as %s', (from, to, why) => {
    expect(fields(preauthorize.replace(from, to))).toMatchObject({
      finding: 'found',
      why: expect.stringContaining(why),
    })
  })

  test('an action that nobody documents leaves its fields open', () => {
    expect(fields('merchantid=m&sessionid=1', 'payment_init')?.finding).toBe('open')
  })

  test('a currency that is none of Trustly`s', () => {
    expect(cause(explain(preauthorize.replace('currency=EUR', 'currency=USD')), 'currency')).toEqual({
      cause: 'currency',
      finding: 'found',
      why: 'USD is not a currency of Trustly at payabl.',
    })
  })

  test('a sandbox account at another address', () => {
    const at = (url: string) => cause(explain(preauthorize, { url }), 'environment')?.finding
    expect(at('https://pay4.payabl.com/pay/backoffice')).toBe('found')
    expect(at('https://sandbox.payabl.com/pay/backoffice')).toBe('open')
  })
})

test('a body that is no form is said to be none', () => {
  expect(diagnoseRequest('merchantid=m&merchantid=n', { secrets: ['s'] })).toEqual(
    left({ kind: 'form', reason: 'duplicate-name', position: 2 }),
  )
})
