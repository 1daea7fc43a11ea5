import { constants, createHash, privateEncrypt, sign as rsaSign, type SignKeyObjectInput } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import { isLeft } from '@railswitch/core/provider'
import { merchantPair as merchant, strangerPair as stranger } from '@railswitch/sandbox/fixtures/keys'
import fc from 'fast-check'
import { signedMessages } from '../__fixtures__/published.ts'
import { trustlyPublicKeys } from '../wire/published-keys.ts'
import { diagnoseSignature } from './diagnose-signature.ts'

const pem = merchant.publicKey.export({ type: 'spki', format: 'pem' }).toString()

const explained = (message: string | Uint8Array, ...keys: string[]) => {
  const made = diagnoseSignature(message, keys.length > 0 ? keys : [pem])
  if (isLeft(made)) throw new Error(`${made.left.field} ${made.left.rule}`)
  return made.right
}

const codesOf = (message: string | Uint8Array, ...keys: string[]) => {
  const { verified, mistakes } = explained(message, ...keys)
  return verified ? 'verified' : mistakes.map(({ code }) => code)
}

describe('messages as they were on the wire', () => {
  const keyOf = (name: string): string => {
    const file = name.startsWith('python-real')
      ? 'trustly_test_public'
      : name.startsWith('python')
        ? 'python_test_public1'
        : 'signaturetester_merchant_public'
    return readFileSync(new URL(`../__fixtures__/keys/${file}.pem`, import.meta.url), 'utf8')
  }
  const kinds: { readonly [name: string]: string } = {
    'java-notification-cancel': 'notification',
    'net-packet-credit_ok': 'reply',
    'python-real-Deposit-452': 'error',
    'python-real-Deposit-539': 'result',
    'python-real-notification1': 'notification',
    'python-real-response1body': 'result',
  }

  test.each(signedMessages.filter(({ name }) => name !== 'java-response-error_invalid_parameters'))(
    '$name is verified, and its kind derived from its shape',
    ({ name, raw }) => {
      const { kind, verified, hash, mistakes } = explained(raw, keyOf(name))
      expect([verified, hash, mistakes]).toEqual([true, 'sha1', []])
      expect(kind).toBe(kinds[name] ?? 'request')
    },
  )

  const { raw = '' } = signedMessages.find(({ name }) => name === 'python-real-notification1') ?? {}

  test('the key of the other environment is named', () => {
    expect(codesOf(raw, trustlyPublicKeys.live)).toEqual(['trustly_test_key'])
    expect(codesOf(raw, trustlyPublicKeys.live, trustlyPublicKeys.test)).toBe('verified')
    expect(codesOf(raw, pem)).toEqual(['trustly_test_key'])
  })

  test('a changed amount is another text, whoever’s key it is', () => {
    const changed = raw.replace('"20.00"', '"20.01"')
    expect(changed).not.toBe(raw)
    expect(codesOf(changed, trustlyPublicKeys.test)).toEqual(['other_text'])
    expect(codesOf(changed, trustlyPublicKeys.live)).toEqual(['trustly_test_key', 'other_text'])
  })

  test('the one whose uuid its publishers replaced is signed with the key of test, over another text', () => {
    const replaced = signedMessages.find(({ name }) => name === 'java-response-error_invalid_parameters')?.raw ?? ''
    expect(codesOf(replaced, trustlyPublicKeys.test)).toEqual(['other_text'])
  })

  test('white space, the order of members, escapes and a byte order mark change nothing', () => {
    expect(codesOf(`\ufeff${JSON.stringify(JSON.parse(raw), null, 2)}\r\n`, trustlyPublicKeys.test)).toBe('verified')
    expect(codesOf(Buffer.from(raw), trustlyPublicKeys.test)).toBe('verified')
  })
})

const method = 'Deposit'
const uuid = '258a2184-2842-b485-25ca-293525152425'
const dataText =
  '{"Username":"shop","Password":"secret","IP":"10.0.0.1","IntegrationModule":"m","Amount":5.00,"Sum":"9.50",' +
  '"Note":" x ","Attributes":{"Firstname":"Åsa \\"/","Empty":"","Null":null},"None":null,"List":["c","a","b"],"Flag":true}'
/** The text by Trustly's rule, made by hand: trustly.md, section 2.1. */
const correct =
  'Deposit258a2184-2842-b485-25ca-293525152425' +
  'Amount5.00AttributesEmptyFirstnameÅsa "/NullFlagtrueIP10.0.0.1IntegrationModulemListcab' +
  'NoneNote x PasswordsecretSum9.50Usernameshop'

const request = (signature: string, data = dataText): string =>
  `{"method":"${method}","params":{"Signature":${JSON.stringify(signature)},"UUID":"${uuid}","Data":${data}},"version":"1.1"}`

const signedWith = (text: string | Buffer, hash = 'sha1', key: SignKeyObjectInput = { key: merchant.privateKey }) =>
  rsaSign(hash, Buffer.from(text as string), key).toString('base64')

const swap = (one: string, other: string): string => {
  expect(correct).toContain(one)
  return correct.replace(one, other)
}

describe('a known mistake is named', () => {
  test('none', () => expect(codesOf(request(signedWith(correct)))).toBe('verified'))

  const head = `Deposit${uuid}`
  const body = correct.slice(head.length)
  test.each<[string, () => string | Buffer]>([
    ['locale_sort', () => swap('IP10.0.0.1IntegrationModulem', 'IntegrationModulemIP10.0.0.1')],
    [
      'no_sort',
      () =>
        `${head}UsernameshopPasswordsecretIP10.0.0.1IntegrationModulemAmount5.00Sum9.50Note x AttributesFirstnameÅsa "/EmptyNullNoneListcabFlagtrue`,
    ],
    ['nulls_dropped', () => swap('/NullFlag', '/Flag').replace('NoneNote', 'Note')],
    ['attribute_nulls_dropped', () => swap('/NullFlag', '/Flag')],
    ['empty_dropped', () => swap('/NullFlag', '/Flag').replace('NoneNote', 'Note').replace('Empty', '')],
    ['null_as_word', () => swap('/NullFlag', '/NullnullFlag').replace('NoneNote', 'NonenullNote')],
    ['numbers_parsed', () => swap('Amount5.00', 'Amount5')],
    ['numbers_lost', () => swap('Amount5.00', 'Amount5.00000000000000000000')],
    ['amounts_parsed', () => swap('Amount5.00', 'Amount5').replace('Sum9.50', 'Sum9.5')],
    ['booleans_capital', () => swap('Flagtrue', 'FlagTrue')],
    ['booleans_digits', () => swap('Flagtrue', 'Flag1')],
    ['values_trimmed', () => swap('Note x ', 'Notex')],
    ['quotes_signed', () => swap('Åsa "/', 'Åsa \\"\\/')],
    ['escapes_signed', () => swap('Åsa "/', '\\u00c5sa \\"/')],
    ['decomposed', () => correct.normalize('NFD')],
    ['lists_sorted', () => swap('Listcab', 'Listabc')],
    ['lists_numbered', () => swap('Listcab', 'List0c1a2b')],
    ['names_missing', () => `${head}5.00Åsa "/true10.0.0.1mcab x secret9.50shop`],
    ['latin1', () => Buffer.from(correct, 'latin1')],
    ['encoded_twice', () => Buffer.from(correct, 'utf8').toString('latin1')],
    ['utf16', () => Buffer.from(correct, 'utf16le')],
    ['ascii', () => correct.replace('Å', '?')],
    ['hashed_twice', () => createHash('sha1').update(correct).digest('hex')],
    ['hashed_twice', () => createHash('sha256').update(correct).digest()],
    ['head_missing', () => body],
    ['method_missing', () => uuid + body],
    ['uuid_missing', () => method + body],
    ['uuid_first', () => uuid + method + body],
    ['head_last', () => body + head],
    ['wrong_method', () => `Refund${uuid}${body}`],
    ['wrong_method', () => `deposit${uuid}${body}`],
    ['wrong_uuid', () => method + uuid.toUpperCase() + body],
    ['wrong_uuid', () => method + uuid.replaceAll('-', '') + body],
    ['white_space', () => `${correct}\n`],
    ['json_signed', () => head + dataText],
    ['json_signed', () => head + JSON.stringify(JSON.parse(dataText))],
    ['member_unsigned', () => swap('Sum9.50', '')],
    ['member_unsigned', () => swap('Firstname', '').replace('Åsa "/', '')],
    ['credentials_unsigned', () => swap('Passwordsecret', '').replace('Usernameshop', '')],
    ['member_lost', () => swap('Flagtrue', 'CurrencyFlagtrue')],
  ])('%s', (code, text) => expect(codesOf(request(signedWith(text())))).toEqual([code]))

  test('items sorted by the text of their index, as from eleven of them on', () => {
    const list = JSON.stringify([...'abcdefghijkl'])
    const text = `${head}List${'abklcdefghij'}`
    expect(codesOf(request(signedWith(text), `{"List":${list}}`))).toEqual(['lists_by_index_text'])
  })

  test('numbers that lost their decimals when the message was written again', () =>
    expect(codesOf(request(signedWith(`${head}Amount5.00`), '{"Amount":5}'))).toEqual(['numbers_lost']))

  test('a message that was read as Latin-1', () => {
    const garbled = Buffer.from(dataText, 'utf8').toString('latin1')
    expect(codesOf(request(signedWith(correct), garbled))).toEqual(['read_as_latin1'])
  })

  test('two and three at once', () => {
    const two = swap('IP10.0.0.1IntegrationModulem', 'IntegrationModulemIP10.0.0.1').replace('Amount5.00', 'Amount5')
    expect(codesOf(request(signedWith(two)))).toEqual(['locale_sort', 'numbers_parsed'])
    const three = two.replace('/NullFlag', '/Flag').replace('NoneNote', 'Note')
    expect(codesOf(request(signedWith(three)))).toEqual(['locale_sort', 'nulls_dropped', 'numbers_parsed'])
  })

  test('a hash without its prefix, under another one, or one that Trustly does not take', () => {
    expect(codesOf(request(signedWith(correct, 'sha256')))).toEqual(['prefix_missing'])
    expect(codesOf(request(`alg=RS256;${signedWith(correct, 'sha512')}`))).toEqual(['wrong_prefix'])
    expect(codesOf(request(`alg=RS256;${signedWith(correct)}`))).toEqual(['wrong_prefix'])
    expect(codesOf(request(`alg=RS256;${signedWith(correct, 'sha256')}`))).toBe('verified')
    expect(codesOf(request(signedWith(correct, 'md5')))).toEqual(['wrong_hash'])
    expect(codesOf(request(`alg=rs256;${signedWith(correct, 'sha256')}`))).toEqual(['unknown_prefix', 'prefix_missing'])
    const sorted = swap('Listcab', 'Listabc')
    expect(codesOf(request(signedWith(sorted, 'sha256')))).toEqual(['prefix_missing', 'lists_sorted'])
  })

  test('another padding, and no padding rule at all', () => {
    const padding = constants.RSA_PKCS1_PSS_PADDING
    expect(codesOf(request(signedWith(correct, 'sha256', { key: merchant.privateKey, padding })))).toEqual(['pss'])
    const bare = privateEncrypt(merchant.privateKey, createHash('sha1').update(correct).digest())
    expect(codesOf(request(bare.toString('base64')))).toEqual(['no_digest_info'])
  })

  test.each<[string, (bytes: Buffer) => string]>([
    ['hex', (bytes) => bytes.toString('hex')],
    ['base64url', (bytes) => bytes.toString('base64url')],
    ['lines of 64', (bytes) => bytes.toString('base64').replace(/.{64}/g, '$&\n')],
    ['percent signs', (bytes) => encodeURIComponent(bytes.toString('base64'))],
    ['no padding', (bytes) => bytes.toString('base64').replace(/=+$/, '')],
  ])('a signature in %s', (_, spelling) =>
    expect(codesOf(request(spelling(rsaSign('sha1', Buffer.from(correct), merchant.privateKey))))).toEqual([
      'signature_spelling',
    ]),
  )

  test('a reply whose message was added after signing, as one client does', () => {
    const reply = (signature: string) =>
      `{"result":{"signature":"${signature}","uuid":"${uuid}","method":"credit","data":{"status":"FAILED","message":"no"}},"version":"1.1"}`
    const made = explained(reply(signedWith(`credit${uuid}statusFAILED`)))
    expect([made.kind, made.mistakes.map(({ code }) => code)]).toEqual(['reply', ['member_unsigned']])
    expect(codesOf(reply(signedWith(`credit${uuid}messagenostatusFAILED`)))).toBe('verified')
  })

  test('an id of the data in place of the uuid', () => {
    const signature = signedWith('creditnotification-7amount1notificationidnotification-7')
    const params = { signature, uuid, data: { notificationid: 'notification-7', amount: '1' } }
    expect(explained(JSON.stringify({ method: 'credit', params })).mistakes).toMatchObject([
      { code: 'wrong_uuid', rule: 'the value of notificationid is in place of the UUID' },
    ])
  })

  test('another key, with whose it should be', () => {
    const other = request(signedWith(correct, 'sha1', { key: stranger.privateKey }))
    expect(explained(other).mistakes).toMatchObject([{ code: 'other_key' }])
    expect(explained(other).mistakes[0]?.fix).toMatch(/signed by the merchant/)
    const notification = `{"method":"credit","params":{"signature":"${signedWith('x')}","uuid":"${uuid}","data":{}}}`
    expect(explained(notification, trustlyPublicKeys.live).mistakes[0]?.fix).toMatch(/signed by Trustly/)
  })
})

describe('what cannot be read is said, field by field', () => {
  const issueOf = (message: string | Uint8Array, key = pem) => {
    const made = diagnoseSignature(message, [key])
    return isLeft(made) ? made.left : null
  }

  test.each<[string, string | Uint8Array, RegExp]>([
    ['no JSON', 'x', /JSON of one message/],
    ['bytes that are not UTF-8', Uint8Array.of(0x7b, 0xff), /UTF-8/],
    ['a name twice', request('x', '{"a":1,"a":2}'), /twice/],
    ['a deep one', request('x', '['.repeat(10_000) + ']'.repeat(10_000)), /nested/],
    ['no message', '{"a":1}', /one of Trustly's messages/],
    ['one without data', '{"method":"credit","params":{"signature":"x","uuid":"u"}}', /one of Trustly's messages/],
    ['an unsigned error', '{"version":"1.1","error":{"name":"JSONRPCError","code":616}}', /signature/],
    ['a request without signature', '{"method":"Deposit","params":{"UUID":"u","Data":{}}}', /signature/],
  ])('%s', (_, message, rule) =>
    expect(issueOf(message)).toMatchObject({ field: 'message', rule: expect.stringMatching(rule) }),
  )

  test('a key that is none, and a private key in place of its public half', () => {
    expect(issueOf(request('x'), 'x')).toMatchObject({ field: 'key' })
    const own = merchant.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
    expect(codesOf(request(signedWith(correct)), own)).toBe('verified')
  })

  test('no report shows a value, a signature or a key, and no text makes it throw', () =>
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), fc.jsonValue(), (signature, data) => {
        const made = diagnoseSignature(
          JSON.stringify({ method: 'Deposit', params: { Signature: signature, UUID: uuid, Data: { marked: data } } }),
          [pem],
        )
        if (!isLeft(made)) expect(made.right.verified).toBe(false)
      }),
      { numRuns: 100 },
    ))

  test('any text is read or refused, and a captured message with something changed is not verified', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat(), fc.nat({ max: 3 }), (insert, place, cut) => {
        expect(isLeft(diagnoseSignature(insert, [pem]))).toBe(true)
        const { raw = '' } = signedMessages.find(({ name }) => name === 'python-real-notification1') ?? {}
        const start = raw.indexOf('"data"')
        const at = start + (place % (raw.indexOf('"signature"') - start))
        const changed = raw.slice(0, at) + insert + raw.slice(at + cut)
        const made = diagnoseSignature(changed, [trustlyPublicKeys.test])
        const same = sameJson(raw, changed)
        if (!isLeft(made) && !same) expect(made.right.verified).toBe(false)
      }),
      { numRuns: 20 },
    ))

  test('a report holds neither values nor key material', () => {
    const report = JSON.stringify(explained(request(signedWith(swap('Sum9.50', '')))))
    for (const secret of ['shop', 'secret', 'Åsa', '9.50', uuid]) expect(report).not.toContain(secret)
    expect(report).not.toMatch(/[A-Za-z0-9+/]{40}/)
  })
})

test('a large message is given up in bounded effort', () => {
  const rows = Array.from({ length: 2_000 }, (_, at) => ({ orderid: String(at), amount: '1.00', currency: 'SEK' }))
  const text = `{"result":{"signature":"${signedWith('x')}","uuid":"${uuid}","method":"AccountLedger","data":${JSON.stringify(rows)}}}`
  expect(codesOf(text)).toEqual(['other_text'])
})

const sameJson = (one: string, other: string): boolean => {
  try {
    return isDeepStrictEqual(JSON.parse(one), JSON.parse(other))
  } catch {
    return false
  }
}
