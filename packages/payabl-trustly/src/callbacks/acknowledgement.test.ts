import { acknowledge } from './acknowledgement.ts'

test('payabl gets 200 and OK, and nothing of ours (protocol/payabl.md, section 4)', () => {
  expect(acknowledge()).toEqual({ status: 200, contentType: 'text/plain', body: 'OK' })
})
