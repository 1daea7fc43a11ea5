import { linksOf, sectionsOf } from './__fixtures__/pages.ts'

/**
 * Questions that users of payment libraries ask, and where each is answered, with words of the answer. They are from the issue trackers
 * of comparable libraries (in brackets), and from the steps that both vendors ask of a new merchant.
 */
const questions: readonly (readonly [question: string, page: string, anchor: string, answer: string])[] = [
  ['What are the words: payment, order, transaction, event?', 'concepts.md', 'payment', 'five kinds'],
  [
    'How do I take a first payment without an account at a vendor?',
    'getting-started.md',
    '4-the-first-deposit',
    'redirectUrl',
  ],
  ['Which runtimes and module systems work? [paddle-node-sdk 9, 37]', 'installing.md', 'what-works', 'Bun'],
  ['How do I pass keys and addresses?', 'configuration.md', 'from-environment-variables', '_FILE'],
  [
    'How do I write amounts, also without decimals? [zwaldeck/mollie 122]',
    'faq.md',
    'how-do-i-write-amounts',
    'main unit',
  ],
  [
    'Why is the signature of a callback wrong in Express? [stripe-node 341, 1254]',
    'callbacks.md',
    'mounting',
    'before any body parser',
  ],
  ['How do I find the mistake in a signature? [truelayer-signing 217]', 'signatures.md', 'trustly', '--explain'],
  [
    'What must I respond to a callback? [mollie-api-node 107]',
    'callbacks.md',
    'what-you-must-do',
    'write no response of your own',
  ],
  [
    'A callback came three times: is the order paid three times? [pinelab-vendure-plugins 620]',
    'callbacks.md',
    'what-is-guaranteed-and-under-which-conditions',
    'one event',
  ],
  [
    'Callbacks came in the wrong order: which state is right? [stripe-cli 418]',
    'concepts.md',
    'report',
    'order of arrival has no effect',
  ],
  ['A callback never came: how is the payment found? [flexile 1615]', 'operations.md', 'cron', 'sync'],
  [
    'The customer returned: is it paid? [mollie-api-php 618]',
    'faq.md',
    'the-customer-came-back-did-they-pay',
    'proves nothing',
  ],
  [
    'The customer closed the browser [PayPal-PHP-SDK 1131]',
    'faq.md',
    'the-customer-closed-the-browser-what-now',
    'without the browser',
  ],
  ['When may I ship?', 'concepts.md', 'state', 'Ship on the event'],
  [
    'A refund timed out: was it made? [csob/paymentgateway 705]',
    'faq.md',
    'a-call-timed-out-may-i-repeat-it',
    'never pays twice',
  ],
  ['Which errors may I retry?', 'errors.md', 'what-to-do-next', 'same_attempt'],
  ['What does this error code mean? [hyperswitch 4639]', 'errors.md', 'codes', 'misconfigured'],
  ['How do I refund a part? [active_merchant 4535]', 'getting-started.md', '6-the-first-refund', 'refunds a part'],
  [
    'A refund was made in the vendor’s dashboard: do I see it? [Sylius StripePlugin 101]',
    'faq.md',
    'somebody-made-a-refund-in-the-vendors-back-office-does-railswitch-see-it',
    'unexpected_payout',
  ],
  [
    'How do I learn of a chargeback? [woocommerce-gateway-stripe 128]',
    'faq.md',
    'what-about-chargebacks',
    'deposit.reversed',
  ],
  ['How do I cancel or void a payment? [hyperswitch 2036]', 'faq.md', 'how-do-i-cancel-a-payment', 'You cannot'],
  ['How do I pay money out to a customer? [hyperswitch 11586]', 'money-out.md', 'to-bank-details', 'IBAN'],
  [
    'What happens to old payments after a switch? [pay-connector 3075]',
    'switching.md',
    '5-removing-the-old-rail',
    'keep its credentials',
  ],
  ['How do I move traffic slowly, and back?', 'switching.md', '3-cut-over', 'small share'],
  [
    'What is different between the vendors for my code?',
    'switching.md',
    'what-differs-for-an-application',
    'a lost response',
  ],
  ['Which fields do I need per country?', 'switching.md', '2-requirements', 'market'],
  ['What does finance have to know?', 'switching.md', '6-what-to-tell-finance', 'settled by the new vendor'],
  [
    'How do I receive callbacks on my machine? [stripe_tester 5]',
    'faq.md',
    'how-do-i-receive-callbacks-on-my-machine',
    'tunnel',
  ],
  ['How do I try chargebacks and late money? [braintree_java 45]', 'sandbox.md', 'scenarios', 'Reversed'],
  [
    'Which databases, and can I write my rows in one transaction?',
    'stores.md',
    'written-together-or-not-at-all',
    'exactly once',
  ],
  ['How do I upgrade, and what happens to the tables?', 'versioning.md', 'how-the-schema-migrates', 'migrate'],
  ['What is a breaking change?', 'versioning.md', 'what-a-breaking-change-is', 'removed or renamed'],
  ['Can a stranger forge a callback? [payplug-php 7]', 'security.md', 'what-an-attacker-can-do', 'wrong signature'],
  ['Which personal data is stored, and how do I erase it?', 'security.md', 'what-the-store-holds', 'never stored'],
  ['How do I rotate keys without a pause? [cncf/clowarden 223]', 'command-line.md', 'key-rotation', 'next key'],
  ['What do I need before going live?', 'going-live.md', '1-accounts-and-keys', 'key pair'],
  [
    'From which addresses do the vendors call?',
    'going-live.md',
    'what-the-vendors-do-not-publish',
    'addresses from which',
  ],
  ['How do I show the checkout, also in an app?', 'providers/trustly-direct.md', 'showing-the-checkout', 'frame'],
  ['Something contradicts itself: what do I do? [vendure 2569]', 'operations.md', 'review', 'what to do'],
  ['What do I monitor?', 'operations.md', 'metrics-and-spans', 'Alert on'],
  [
    'How do I leave the vendor’s own client? [trustly-client-php 40]',
    'migrating.md',
    'moving-payments-that-are-under-way',
    'Import the payments',
  ],
  [
    'Why not Hyperswitch, or a payment service provider?',
    'comparison.md',
    'when-something-else-is-better',
    'Hyperswitch',
  ],
  ['How do I add another vendor? [active_merchant 1663]', 'add-a-provider.md', '1-the-definition', 'create'],
  [
    'The signature is wrong behind AWS API Gateway: why? [stripe-node 356, 1768]',
    'callbacks.md',
    'serverless-functions',
    'Base64',
  ],
  [
    'The function is frozen after its response: is the event lost? [payload 10685, 10890]',
    'callbacks.md',
    'serverless-functions',
    'Nothing runs after it',
  ],
  ['How long may a handler take? [airwaylab 843]', 'faq.md', 'how-long-may-a-handler-take', '10 seconds'],
  [
    'May I use a reference again with another amount? [stripe-java 389, bootcamp 4268]',
    'faq.md',
    'the-order-has-changed-may-i-use-its-reference-with-another-amount',
    'conflict',
  ],
  [
    'The customer clicked twice [magento2 10767, django-brambling 658]',
    'faq.md',
    'the-customer-clicks-twice-are-there-two-payments',
    'one payment',
  ],
  [
    'How do I attach my own data to a payment? [stripe-node 693, laravel-mollie 189]',
    'faq.md',
    'where-do-i-put-my-own-data-such-as-a-cart-or-a-user-id',
    'under your `reference`',
  ],
  [
    'A vendor adds a value that the client does not know [checkout-sdk-net 556, adyen-dotnet-api-library 1228]',
    'faq.md',
    'a-vendor-adds-a-field-or-a-new-kind-of-message-does-a-callback-fail',
    'unrecognised',
  ],
  [
    'How do I use a proxy? [adyen-node-api-library 56]',
    'faq.md',
    'how-do-i-send-requests-through-a-proxy-or-with-another-time-limit',
    'axiosTransport',
  ],
  [
    'Can I use several accounts of one vendor? [cashier-mollie 247, stripe-cli 1144]',
    'faq.md',
    'can-i-use-two-accounts-of-one-vendor',
    'chooses one per payment',
  ],
  ['How do I test my handlers? [stripe-react-native 564]', 'faq.md', 'how-do-i-test-my-handlers', 'testEvent'],
  [
    'No failure was reported: was the payout made, and can it still come back? [django-zebra 32, flexile 430]',
    'money-out.md',
    'when-a-payout-is-confirmed',
    'can follow at any time',
  ],
]

test('there are at least fifty questions, each asked once', () => {
  expect(new Set(questions.map(([question]) => question)).size).toBeGreaterThanOrEqual(50)
})

test.each(questions)('%s', (_question, page, anchor, answer) => {
  expect(linksOf('docs/README.md').map((link) => link.split('#')[0])).toContain(page)
  expect(sectionsOf(`docs/${page}`).get(anchor)).toContain(answer)
})
