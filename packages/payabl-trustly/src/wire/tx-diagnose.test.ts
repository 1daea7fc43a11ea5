import { readFileSync } from 'node:fs'
import { isLeft, left, right } from '@railswitch/core/provider'
import { readDiagnosis } from './tx-diagnose.ts'

const sample = (name: string) => readFileSync(new URL(`../__fixtures__/samples/${name}`, import.meta.url))
const xml = (transactions: string, status = '0') =>
  Buffer.from(
    `<?xml version="1.0" encoding="ISO-8859-1"?><response><process><error_message/><status>${status}</status></process>${transactions}</response>`,
    'latin1',
  )
const stepped = (steps: string) =>
  xml(`<transaction><transaction_id>7</transaction_id><transaction_status>${steps}</transaction_status></transaction>`)
const step = (number: number, code: string) => `<step${number}><error_code>${code}</error_code></step${number}>`
const codesOf = async (body: Uint8Array) => {
  const found = await readDiagnosis(body)
  if (isLeft(found)) return found.left
  return found.right.transactions.flatMap((one) =>
    one.form === 'steps' ? one.steps.map((each) => [each.step, each.error_code]) : [],
  )
}

describe('the answer of tx_diagnose', () => {
  it('is read in step form: the query`s status is not the payment`s', async () => {
    expect(await readDiagnosis(sample('res-diagnose-tx-authentic.xml'))).toEqual(
      right({
        queryStatus: '0',
        errorMessage: undefined,
        processTime: '19.01.2015 10:25:13',
        transactions: [
          {
            form: 'steps',
            transaction_id: '56854852',
            steps: [
              {
                step: 1,
                error_code: '0',
                type: 'invoice',
                amount: '1.00',
                currency: 'EUR',
                order_id: '43',
                creation_date: '31.08.2014 01:55:17',
                custom1: '123456',
              },
            ],
          },
        ],
      }),
    )
  })

  it('is read in step form of a pending deposit (constructed): query 0, step 2000', async () => {
    const found = await readDiagnosis(sample('res-diagnose-tx-trustly-pending.xml'))
    expect(found).toMatchObject(
      right({
        queryStatus: '0',
        transactions: [{ steps: [{ error_code: '2000', order_id: 'trustly-0001', custom1: undefined }] }],
      }),
    )
  })

  it('is read in list form, the stray space before the id trimmed', async () => {
    expect(await readDiagnosis(sample('res-diagnose-type-authentic.xml'))).toMatchObject(
      right({
        queryStatus: '0',
        transactions: [
          {
            form: 'listed',
            transaction_id: '6905370',
            amount: '1.23',
            currency: 'EUR',
            order_id: '1234-123456789-4321',
            booking_date: '10.02.2012 16:52:25',
            issue_date: '10.02.2012 16:19:10',
          },
        ],
      }),
    )
  })

  it('has its steps by number, not by place or by alphabet, and leaves out blank ones', async () => {
    const steps = `${step(10, '0')}${step(2, '2000')}<step3/><step4><error_code> </error_code><order_id/></step4><step5><amount>1.00</amount></step5><step6><amount>1.00</amount><error_code/></step6>${step(1, '-5003')}`
    expect(await codesOf(stepped(steps))).toEqual([
      [1, '-5003'],
      [2, '2000'],
      [10, '0'],
    ])
  })

  it('has several transactions for one order, and none', async () => {
    const one = (id: number) => `<transaction><transaction_id>${id}</transaction_id><amount>1.00</amount></transaction>`
    const found = await readDiagnosis(xml(one(1) + one(2)))
    expect(isLeft(found) || found.right.transactions.map((each) => each.transaction_id)).toEqual(['1', '2'])
    const nothing = right(expect.objectContaining({ transactions: [] }))
    expect(await readDiagnosis(xml(''))).toEqual(nothing)
    expect(await readDiagnosis(xml('<transaction/>'))).toEqual(nothing)
    expect(await readDiagnosis(xml('<transaction><transaction_id/><transaction_status/></transaction>'))).toEqual(
      nothing,
    )
  })

  it('reads numbers as text, and ISO-8859-1 by its prolog', async () => {
    const body = xml(
      '<transaction><transaction_id>007</transaction_id><amount>1.10</amount><order_id>\xc3\xb6 &amp; &lt;</order_id></transaction>',
    )
    expect(await readDiagnosis(body)).toMatchObject(
      right({ transactions: [{ transaction_id: '007', amount: '1.10', order_id: 'Ã¶ & <' }] }),
    )
  })

  it('reads UTF-8 without a prolog, and ISO-8859-1 where it is not UTF-8', async () => {
    const bare = (text: string) =>
      Buffer.from(
        `<response><process><status>0</status><error_message>${text}</error_message></process></response>`,
        'latin1',
      )
    expect(await readDiagnosis(bare('\xc3\xb6'))).toMatchObject(right({ errorMessage: 'ö' }))
    expect(await readDiagnosis(bare('\xf6'))).toMatchObject(right({ errorMessage: 'ö' }))
  })

  it.each([
    ['a query status in words', xml('', 'ok'), 'status'],
    ['a step`s code in words', stepped(step(1, 'ok')), 'error_code'],
    ['a step twice', stepped(step(1, '0') + step(1, '-5003')), 'error_code'],
    [
      'an element twice',
      xml('<transaction><transaction_id>1</transaction_id><transaction_id>2</transaction_id></transaction>'),
      'transaction_id',
    ],
    ['an id that is none', xml('<transaction><transaction_id>x</transaction_id></transaction>'), 'transaction_id'],
    ['another document', Buffer.from('<html><body>504</body></html>'), 'response'],
  ])('is refused with %s', async (_, body, element) => {
    expect(await readDiagnosis(body)).toEqual(left({ kind: 'diagnose', element }))
  })

  it.each([
    ['a doctype', Buffer.from('<!DOCTYPE a [<!ENTITY x "y">]><response>&x;</response>'), 'has-doctype'],
    ['a doctype in another spelling', Buffer.from('<!doctype html><html></html>'), 'has-doctype'],
    ['a broken document', Buffer.from('<response><process></response>'), 'malformed'],
    ['no document', Buffer.from('status=0'), 'malformed'],
    ['nothing', Buffer.from(''), 'malformed'],
    ['great depth', Buffer.from('<a>'.repeat(5_000) + '</a>'.repeat(5_000)), 'malformed'],
    ['a name of the prototype', Buffer.from('<response><__proto__>1</__proto__></response>'), 'malformed'],
    ['great size', Buffer.alloc(8_388_609), 'too-large'],
  ])('is refused with %s', async (_, body, reason) => {
    expect(await readDiagnosis(body)).toEqual(left({ kind: 'xml', reason }))
  })
})
