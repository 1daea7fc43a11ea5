import type { Difference } from 'railswitch'
import { differencesAsCsv } from './differences-as-csv.ts'

const difference: Difference = {
  id: 'unknown_line-1',
  kind: 'unknown_line',
  remedy: 'ask_vendor',
  rail: 'trustly',
  day: '2026-03-02',
  about: null,
  amount: '-1.5' as Difference['amount'],
  currency: 'SEK',
  payment: null,
  reference: null,
  vendorId: '1234567890',
  detail: 'The vendor wrote "A, B: C", which is not known.',
}

test('each difference is a line of CSV, and quotes and commas are kept', () => {
  expect(differencesAsCsv('header')).toBe(
    'day,rail,kind,about,amount,currency,reference,payment,vendorId,remedy,detail,id\r\n',
  )
  expect(differencesAsCsv([difference, difference])).toBe(
    '2026-03-02,trustly,unknown_line,,-1.5,SEK,,,1234567890,ask_vendor,"The vendor wrote ""A, B: C"", which is not known.",unknown_line-1\r\n'.repeat(
      2,
    ),
  )
  expect(differencesAsCsv([])).toBe('')
})
