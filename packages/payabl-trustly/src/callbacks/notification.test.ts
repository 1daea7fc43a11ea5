import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { isLeft, left, right } from '@railswitch/core/provider'
import { type Notification, readNotificationFields, verifyNotification } from './notification.ts'

const account = { secrets: ['b185'], rail: 'north', environment: 'local' } as const
const samples = new URL('../__fixtures__/samples/', import.meta.url)
const sample = (name: string) => readFileSync(new URL(name, samples))
const read = (body: Uint8Array): Notification => {
  const received = verifyNotification(body, account)
  if (isLeft(received)) throw new Error(JSON.stringify(received.left))
  return received.right
}
const security = createHash('sha256').update('7capture01795166400b185').digest('hex')
const delivered = (more: string) =>
  Buffer.from(`transactionid=7&type=capture&errorcode=0&timestamp=1795166400&security=${security}${more}`, 'latin1')

const refusedFor = (part: string) =>
  left({ code: 'callback_refused', message: `The notification is refused: its ${part} is wrong.` })

describe('a notification', () => {
  it('is read from every sample of one', () => {
    const names = readdirSync(samples).filter((name) => name.startsWith('notification-'))
    expect(names).toHaveLength(7)
    for (const name of names) expect(read(sample(name)).payment_method).toBe('116')
  })

  it.each([
    ['notification-trustly-accepted.txt', 'capture', '0', 'not_credited_yet', undefined],
    ['notification-trustly-credited.txt', 'capture', '0', 'credited', undefined],
    ['notification-trustly-not_credited.txt', 'capture', '0', 'not_credited', undefined],
    ['notification-trustly-aborted.txt', 'capture', '-5003', 'not_credited', 'Payment aborted by customer'],
    ['notification-payout-failed.txt', 'cft', '-5008', undefined, 'CFT aborted'],
    ['notification-refund.txt', 'refund', '0', undefined, undefined],
  ])('says in %s what happened', (name, type, errorcode, state, message) => {
    const notification = read(sample(name))
    expect([notification.type, notification.errorcode, notification.payment_state, notification.errormessage]).toEqual([
      type,
      errorcode,
      state,
      message,
    ])
  })

  it('may tell of the customer`s account', () => {
    expect(read(sample('notification-trustly-accepted-additional.txt'))).toMatchObject({
      bank_country: 'SE',
      bic: 'SWEDSESS',
      bank_name: 'Swedbank',
      account_number: '69706212',
      bank_number: '6112',
      account_holder: 'Muster Mann',
    })
  })

  it.each(['%C5sa+%D6berg', '%C3%85sa+%C3%96berg'])('has its letters in either charset: %s', (holder) => {
    expect(read(delivered(`&account_holder=${holder}`)).account_holder).toBe('Åsa Öberg')
  })

  it('needs no more than what security covers', () => {
    expect(read(delivered(''))).toEqual({
      transactionid: '7',
      type: 'capture',
      errorcode: '0',
      timestamp: '1795166400',
      security,
    })
  })

  it('drops unknown fields and takes blank ones for absent', () => {
    expect(
      Object.keys(read(delivered('&related_token_ids=&ccn_four=4242&amount=&payment_state=&orderid=&currency='))),
    ).toEqual(['transactionid', 'type', 'errorcode', 'timestamp', 'security'])
  })

  it('keeps a report with an undocumented state', () => {
    expect(read(delivered('&payment_state=reversed')).payment_state).toBe('reversed')
  })

  it.each([
    ['amount', '1,00'],
    ['amount', '-1.00'],
    ['amount', '1e3'],
    ['amount', '1.001'],
    ['currency', 'eur'],
    ['currency', 'EURO'],
    ['orderid', 'a%0Ab'],
    ['payment_state', 'Credited'],
    ['payment_state', 'credited+'],
  ])('is refused with the %s %s', (field, value) => {
    expect(verifyNotification(delivered(`&${field}=${value}`), account)).toMatchObject(
      refusedFor(`notification (${field})`),
    )
  })

  it('is refused before its fields are looked at when security does not fit', () => {
    expect(verifyNotification(delivered('&amount=x'), { ...account, secrets: ['another'] })).toMatchObject(
      left({
        code: 'callback_refused',
        message: 'The notification is refused: its security was not made with `secret`.',
        hint: expect.stringMatching(
          /^If a sandbox .*restart the application: .*check `secret` of rail north \(RAILSWITCH_NORTH_SECRET or its _FILE\)\. .*Nothing was changed\.$/,
        ),
      }),
    )
  })

  it('is refused when a field comes twice, a covered one above all', () => {
    expect(verifyNotification(delivered('&errorcode=0'), account)).toMatchObject(refusedFor('form'))
    expect(verifyNotification(delivered('&amount=1.00&amount=9.00'), account)).toMatchObject(refusedFor('form'))
  })

  it('proves nothing of the rest: the same security under another state and amount is as good', () => {
    const forged = Buffer.from(
      String(sample('notification-trustly-accepted.txt'))
        .replace('not_credited_yet', 'credited')
        .replace('10.00', '9999.00'),
    )
    expect(read(forged)).toMatchObject({ payment_state: 'credited', amount: '9999.00' })
  })

  it('can be read without proof, for what a look-up has already reported', () => {
    expect(
      readNotificationFields({
        transactionid: '7',
        type: 'cft',
        errorcode: '-5008',
        timestamp: '1795166400',
        security,
      }),
    ).toMatchObject(right({ type: 'cft' }))
    expect(readNotificationFields({})).toEqual(left({ kind: 'notification', field: 'transactionid' }))
  })
})
