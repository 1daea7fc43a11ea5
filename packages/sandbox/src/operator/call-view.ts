import { masked, type RecordedCall } from '../calls/recorded-call.ts'
import type { HttpResponse } from '../platform/routes.ts'
import type { CallRow, CallView, Entry } from './operator-view.ts'

/** A call in a list. */
export const toCallEntry = <Logged>(
  call: RecordedCall<Logged>,
  toRow: (call: RecordedCall<Logged>) => CallRow,
): Entry<CallRow> => {
  const { what, outcome, tone, hint = '' } = toRow(call)
  return {
    at: call.at.getTime(),
    text: [call.id, what, outcome, hint, ...call.names].join(' ').toLowerCase(),
    kind: what,
    state: outcome,
    failed: tone === 'bad',
    row: () => toRow(call),
  }
}

/** A call with everything that was sent and received. */
export const toCallView = <Logged>(
  call: RecordedCall<Logged>,
  toRow: (call: RecordedCall<Logged>) => CallRow,
  signed: CallView['signed'],
): CallView => ({
  ...toRow(call),
  path: call.path,
  body: maskPassword(new TextDecoder().decode(call.body)),
  response: call.response && readResponse(call.response),
  signed,
})

const maskPassword = (body: string): string => body.replace(/("Password"\s*:\s*")(?:[^"\\]|\\.)*/g, `$1${masked}`)

const readResponse = (response: HttpResponse): CallView['response'] => {
  if (response === 'hang up') return undefined
  const { status, headers = {}, body = '' } = response
  const contentType = headers['Content-Type'] ?? ''
  return { status, contentType, body: typeof body === 'string' ? body : Buffer.from(body).toString('latin1') }
}
