import { deepEqual, equal } from 'node:assert/strict'
import { deposit, sek } from './sample-payments.ts'
import type { Body } from './store-under-test.ts'

const references = Array.from({ length: 210 }, (_, index) => `order-${index}`)

/** What a person has to look at, however much it is. */
export const reviewCases: Readonly<Record<string, Body>> = {
  'lists hundreds of payments that need review, each once and oldest first, and none that needs none': async ({
    begin,
    callback,
    reviews,
  }) => {
    for (const reference of references) await begin(deposit({ reference }))
    const toReview = references.filter((_, index) => index % 20 !== 3)
    const pays = (reference: string) =>
      callback(`n-${reference}`, { vendorId: reference, of: deposit({ reference }), money: sek('1.00') })
    await Promise.all([...toReview].reverse().map(pays))
    const listed = await reviews()
    equal(listed.length, toReview.length)
    const misplaced = listed.filter((review, index) => review !== `${toReview[index]} amount_differs`)
    deepEqual(misplaced.slice(0, 3), [])
  },
}
