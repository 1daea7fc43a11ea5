import { readFileSync } from 'node:fs'
import { left, right } from '@railswitch/core/provider'
import { readResent } from './resend.ts'

const answer = (notifications: string) =>
  Buffer.from(
    `<response><process><status>0</status></process><transaction><notification_status>${notifications}</notification_status></transaction></response>`,
  )
const one = (number: number, id: number, sent: string) =>
  `<transaction_id_${number}><error_code>0</error_code><notification_sent>${sent}</notification_sent><transaction_id>${id}</transaction_id></transaction_id_${number}>`

describe('the answer of send_notification', () => {
  it('is read as documented, double L and numbered elements included', async () => {
    const body = readFileSync(new URL('../__fixtures__/samples/res-resend-notification-authentic.xml', import.meta.url))
    expect(await readResent(body)).toEqual(
      right({
        queryStatus: '0',
        errorMessage: undefined,
        processTime: '06.02.2023 11:36:47',
        notifications: [{ transaction_id: '104837645', error_code: '0', error_message: undefined, sent: true }],
      }),
    )
  })

  it('reports for each transaction whether its notification was sent', async () => {
    expect(await readResent(answer(one(2, 8, 'FAILED') + one(1, 7, 'SUCCESSFUL') + one(10, 9, '')))).toMatchObject(
      right({
        notifications: [
          { transaction_id: '7', sent: true },
          { transaction_id: '8', sent: false },
          { transaction_id: '9', sent: false },
        ],
      }),
    )
  })

  it('may hold no notification', async () => {
    const refused = '<response><process><status>-999</status><error_message>Unknown error</error_message></process>'
    const nothing = right({
      queryStatus: '-999',
      errorMessage: 'Unknown error',
      processTime: undefined,
      notifications: [],
    })
    expect(await readResent(Buffer.from(`${refused}</response>`))).toEqual(nothing)
    expect(await readResent(Buffer.from(`${refused}<transaction/></response>`))).toEqual(nothing)
  })

  it('is refused when it is something else', async () => {
    expect(await readResent(Buffer.from('<response/>'))).toEqual(left({ kind: 'resend', element: 'response' }))
    expect(await readResent(Buffer.from('status=0'))).toEqual(left({ kind: 'xml', reason: 'malformed' }))
  })
})
