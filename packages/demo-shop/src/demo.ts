import { meridian } from '@railswitch/meridian-provider'
import { startBank } from '@railswitch/meridian-provider/vendor'
import { startSandbox, walkCheckout } from '@railswitch/sandbox'
import { memoryStore } from 'railswitch'
import { paint } from './paint.ts'
import { payAtMeridian } from './pay-at-meridian.ts'
import { environmentOf, withMeridian } from './rails.ts'
import { startShop } from './shop.ts'
import { oneTimeline, sideBySide } from './timeline.ts'
import { refund, walkThrough } from './walk-through.ts'

const interactive = process.stdout.isTTY === true
const sandbox = await startSandbox()
const context = {
  walk: (checkoutUrl: string) => walkCheckout(checkoutUrl),
  idle: async () => {
    await sandbox.trustly.idle()
    await sandbox.payabl.idle()
  },
}
const trustly = environmentOf(sandbox, 'trustly')
const payabl = environmentOf(sandbox, 'payabl')

console.log(`
${paint('bold', 'Back office')}: ${sandbox.url}/back-office${interactive ? ' (open it in a browser)' : ''}

One shop, two rails. The same shop code takes a deposit and makes two partial
refunds, first on Trustly, then on payabl. The sandbox on this machine replaces
both vendors and shares no code with the providers. One variable differs:

  ${Object.keys(trustly)
    .filter((name) => trustly[name] !== payabl[name])
    .map((name) => `${name}: ${trustly[name]} → ${payabl[name]}`)
    .join(', ')}
`)

const onTrustly = await walkThrough(trustly, context)
const onPayabl = await walkThrough(payabl, context)
console.log(
  sideBySide(
    { title: 'RAILSWITCH_ACTIVE=trustly', lines: onTrustly.lines },
    { title: 'RAILSWITCH_ACTIVE=payabl', lines: onPayabl.lines },
  ),
)
await Promise.all([onTrustly.shop.close(), onPayabl.shop.close()])

console.log(paint('bold', '\nThe same shop on a third rail'))
console.log('  Meridian is a made-up bank, and its provider is not part of railswitch.\n')
const bank = await startBank()
const onMeridian = await walkThrough(withMeridian({ ...trustly, RAILSWITCH_ACTIVE: 'meridian' }, bank), {
  walk: payAtMeridian,
  idle: bank.idle,
  definitions: [meridian],
})
console.log(oneTimeline({ title: 'RAILSWITCH_ACTIVE=meridian', lines: onMeridian.lines }))
await onMeridian.shop.close()

console.log(paint('bold', "\nThe vendors' books"))
for (const { orderId, state, refunds } of sandbox.trustly.books().orders)
  console.log(`  trustly  order ${orderId}: ${state}, refunds ${refunds.map(({ amount }) => amount).join(' and ')}`)
for (const { transactions } of sandbox.payabl.books().payments) {
  const [first] = transactions
  const refunds = first?.refunds.map(({ amount }) => amount).join(' and ')
  console.log(`  payabl   transaction ${first?.transactionId}: ${first?.state}, refunds ${refunds}`)
}
for (const { id, status } of bank.account.payins)
  console.log(
    `  meridian payin ${id}: ${status}, refunds ${bank.account.refunds.map(({ amount }) => (amount / 100).toFixed(2)).join(' and ')}`,
  )
await bank.close()

console.log(paint('bold', '\nA switch during a payment'))
console.log('  The shop restarts on the other rail, with the same store, while a customer')
console.log('  is at the checkout.')
const store = memoryStore()
const before = await startShop({ env: trustly, store })
const checkoutUrl = await before.checkout('order-2001')
console.log('  order-2001 began on trustly; the customer is at the checkout')
await before.close()
const after = await startShop({ env: payabl, store, port: Number(new URL(before.url).port) })
const repeated = await after.checkout('order-2001')
await walkCheckout(await after.checkout('order-2002'))
await walkCheckout(checkoutUrl)
await context.idle()
console.log('  RAILSWITCH_ACTIVE is now payabl; order-2002 was paid on payabl')
console.log(
  `  order-2001 was requested again: ${repeated === checkoutUrl ? 'same checkout on trustly' : 'DIFFERENT CHECKOUT'}`,
)
let asExpected = repeated === checkoutUrl
for (const reference of ['order-2001', 'order-2002']) {
  const status = await refund(after, reference, `refund-of-${reference}`, '10.00')
  const { rail, state, refunded } = await after.payments.getDeposit({ reference })
  console.log(`  ${reference} is ${state} on ${rail}; its refund is ${status}`)
  asExpected &&= state === 'credited' && refunded.value === '10.00'
}
asExpected &&= [onTrustly, onPayabl, onMeridian].every(
  ({ payment }) => payment.state === 'credited' && payment.refunded.value === '149.90',
)
if (!asExpected) {
  console.error(paint('red', '\nThe demo did not end as expected.'))
  process.exitCode = 1
}

if (interactive) {
  console.log(`\n${paint('bold', 'Try it')}: the shop is at ${after.url}`)
  console.log(`and uses the sandbox's checkout pages. Its payments are in the back office:`)
  console.log(`${sandbox.url}/back-office\n\nPress Ctrl+C to stop.\n`)
} else {
  await after.close()
  await sandbox.close()
  console.log('')
}
