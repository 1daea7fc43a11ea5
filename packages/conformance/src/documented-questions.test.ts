import { linksOf, sectionsOf } from './__fixtures__/pages.ts'

/**
 * Questions that users of payment libraries ask, and where each is answered. They were collected before the pages were written, from
 * the issue trackers of comparable libraries (in brackets) and from the steps that both vendors ask of a new merchant.
 */
const questions: readonly (readonly [question: string, page: string, anchor: string])[] = [
  ['What are the words: payment, order, transaction, event?', 'concepts.md', 'payment'],
  ['How do I take a first payment without an account at a vendor?', 'getting-started.md', '4-the-first-deposit'],
  ['Which runtimes and module systems work? [paddle-node-sdk 9, 37]', 'installing.md', 'what-works'],
  ['How do I pass keys and addresses?', 'configuration.md', 'from-environment-variables'],
  ['How do I write amounts, also without decimals? [zwaldeck/mollie 122]', 'faq.md', 'how-do-i-write-amounts'],
  ['Why is the signature of a callback wrong in Express? [stripe-node 341, 1254]', 'callbacks.md', 'mounting'],
  ['How do I find the mistake in a signature? [truelayer-signing 217]', 'signatures.md', 'trustly'],
  ['What must I respond to a callback? [mollie-api-node 107]', 'callbacks.md', 'what-you-must-do'],
  [
    'A callback came three times: is the order paid three times? [pinelab-vendure-plugins 620]',
    'callbacks.md',
    'what-is-guaranteed-and-under-which-conditions',
  ],
  ['Callbacks came in the wrong order: which state is right? [stripe-cli 418]', 'concepts.md', 'report'],
  ['A callback never came: how is the payment found? [flexile 1615]', 'operations.md', 'cron'],
  ['The customer returned: is it paid? [mollie-api-php 618]', 'faq.md', 'the-customer-came-back-did-they-pay'],
  ['The customer closed the browser [PayPal-PHP-SDK 1131]', 'faq.md', 'the-customer-closed-the-browser-what-now'],
  ['When may I ship?', 'concepts.md', 'state'],
  ['A refund timed out: was it made? [csob/paymentgateway 705]', 'errors.md', 'money-out'],
  ['Which errors may I retry?', 'errors.md', 'what-to-do-next'],
  ['What does this error code mean? [hyperswitch 4639]', 'errors.md', 'codes'],
  ['How do I refund a part? [active_merchant 4535]', 'getting-started.md', '6-the-first-refund'],
  [
    'A refund was made in the vendor’s dashboard: do I see it? [Sylius StripePlugin 101]',
    'faq.md',
    'somebody-made-a-refund-in-the-vendors-back-office-does-railswitch-see-it',
  ],
  ['How do I learn of a chargeback? [woocommerce-gateway-stripe 128]', 'operations.md', 'reconciliation'],
  ['How do I cancel or void a payment? [hyperswitch 2036]', 'faq.md', 'how-do-i-cancel-a-payment'],
  ['How do I pay money out to a customer? [hyperswitch 11586]', 'money-out.md', 'to-bank-details'],
  ['What happens to old payments after a switch? [pay-connector 3075]', 'switching.md', '5-removing-the-old-rail'],
  ['How do I move traffic slowly, and back?', 'switching.md', '3-cut-over'],
  ['What is different between the vendors for my code?', 'switching.md', 'what-differs-for-an-application'],
  ['Which fields do I need per country?', 'switching.md', '2-requirements'],
  ['What does finance have to know?', 'switching.md', '6-what-to-tell-finance'],
  ['How do I receive callbacks on my machine? [stripe_tester 5]', 'faq.md', 'how-do-i-receive-callbacks-on-my-machine'],
  ['How do I try chargebacks and late money? [braintree_java 45]', 'sandbox.md', 'scenarios'],
  ['Which databases, and can I write my rows in one transaction?', 'stores.md', 'written-together-or-not-at-all'],
  ['How do I upgrade, and what happens to the tables?', 'versioning.md', 'how-the-schema-migrates'],
  ['What is a breaking change?', 'versioning.md', 'what-a-breaking-change-is'],
  ['Can a stranger forge a callback? [payplug-php 7]', 'security.md', 'what-an-attacker-can-do'],
  ['Which personal data is stored, and how do I erase it?', 'security.md', 'what-the-store-holds'],
  ['How do I rotate keys without a pause? [cncf/clowarden 223]', 'command-line.md', 'key-rotation'],
  ['What do I need before going live?', 'going-live.md', '1-accounts-and-keys'],
  ['From which addresses do the vendors call?', 'going-live.md', 'what-the-vendors-do-not-publish'],
  ['How do I show the checkout, also in an app?', 'providers/trustly-direct.md', 'showing-the-checkout'],
  ['Something contradicts itself: what do I do? [vendure 2569]', 'operations.md', 'review'],
  ['What do I monitor?', 'operations.md', 'metrics-and-spans'],
  [
    'How do I leave the vendor’s own client? [trustly-client-php 40]',
    'migrating.md',
    'moving-payments-that-are-under-way',
  ],
  ['Why not Hyperswitch, or a payment service provider?', 'comparison.md', 'when-something-else-is-better'],
  ['How do I add another vendor? [active_merchant 1663]', 'add-a-provider.md', '1-the-definition'],
]

test('there are at least forty questions, each asked once', () => {
  expect(new Set(questions.map(([question]) => question)).size).toBeGreaterThanOrEqual(40)
})

test.each(questions)('%s', (_question, page, anchor) => {
  expect(linksOf('docs/README.md').map((link) => link.split('#')[0])).toContain(page)
  expect(sectionsOf(`docs/${page}`).get(anchor)?.length ?? 0).toBeGreaterThan(80)
})
