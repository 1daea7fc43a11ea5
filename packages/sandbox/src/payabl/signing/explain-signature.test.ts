import { createHash, createHmac } from 'node:crypto'
import { parseForm } from '../wire/form.ts'
import { explainSignature } from './explain-signature.ts'

// The mistakes that integrators make: protocol/payabl.md sections 2.1, 2.3 and 11.

const secret = 'b185'
const sha1 = (text: string, encoding: 'utf8' | 'latin1' = 'utf8') =>
  createHash('sha1').update(text, encoding).digest('hex')
const fields = 'orderid=a+b&amount=1.00&merchantid=shop&Zone=x'
const explain = (signature: string | undefined, body = fields) =>
  explainSignature(parseForm(Buffer.from(signature === undefined ? body : `${body}&signature=${signature}`)), secret)

test.each([
  ['parameters not sorted by name', sha1('a b1.00shopxb185')],
  ['names sorted without regard to case, not by bytes', sha1('1.00shopa bxb185')],
  ['percent-encoded values hashed: they are hashed decoded', sha1('x1.00shopa+bb185')],
  ['parameter names hashed too: only the values are', sha1('Zonexamount1.00merchantidshoporderida bb185')],
  ['secret missing at the end', sha1('x1.00shopa b')],
  ['secret before the values, not after them', sha1('b185x1.00shopa b')],
  ['SHA-256, not SHA-1', createHash('sha256').update('x1.00shopa bb185').digest('hex')],
  ['MD5, not SHA-1', createHash('md5').update('x1.00shopa bb185').digest('hex')],
  [
    'secret missing at the end; HMAC-SHA-256, not SHA-1',
    createHmac('sha256', secret).update('x1.00shopa b').digest('hex'),
  ],
  ['written in upper case', sha1('x1.00shopa bb185').toUpperCase()],
  ['Zone left out: all that is sent is signed', sha1('1.00shopa bb185')],
  [
    'hashed as name=value&…: only the values are, without separators; MD5, not SHA-1',
    createHash('md5').update('Zone=x&amount=1.00&merchantid=shop&orderid=a bb185').digest('hex'),
  ],
  [
    'parameters not sorted by name; percent-encoded values hashed: they are hashed decoded; secret missing at the end',
    sha1('a+b1.00shopx'),
  ],
  ['made with another secret, or over other values', sha1('x1.00shopa bother')],
  ['not 40 hexadecimal digits', 'abc'],
  ['signature is missing', ''],
  ['signature is missing', undefined],
])('says: %s', (hint, signature) => {
  expect(explain(signature)).toBe(hint)
})

test('tells apart what was hashed and what was sent', () => {
  expect(explain(sha1('Jürgenb185', 'utf8'), 'firstname=J%FCrgen')).toBe('hashed in UTF-8, sent in ISO-8859-1')
  expect(explain(sha1('Jürgenb185', 'latin1'), 'firstname=J%C3%BCrgen')).toBe('hashed in ISO-8859-1, sent in UTF-8')
})

test('does not look for one parameter among thousands, which would take minutes', () => {
  const many = Array.from({ length: 6000 }, (_, index) => `k${index}=v`).join('&')
  expect(explain(sha1('anything'), many)).toBe('made with another secret, or over other values')
  expect(explain(sha1(`${'v'.repeat(6000)}`), many)).toBe('secret missing at the end')
})
