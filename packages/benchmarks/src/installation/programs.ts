/** A program that configures one rail, and calls nothing. */
export const oneRail = `const { createPayments, memoryStore } = await import('railswitch')
const payments = createPayments({
  active: 'payabl',
  providers: { payabl: { use: 'payabl-trustly', environment: 'test', merchantId: 'm', secret: 's' } },
  store: memoryStore(),
  callbacks: { url: 'https://shop.example/callbacks', secrets: ['a-secret-that-only-the-benchmarks-use-0001'] },
  logger: false,
})
`
