import { trustlyCheckout } from './checkout-page.ts'

test('a frame lets windows out of its sandbox, as Trustly demands (section 9)', () => {
  expect(trustlyCheckout.frameSandbox.split(' ')).toContain('allow-popups-to-escape-sandbox')
})

test("the bridges are those of Trustly's SDKs (section 9)", () => {
  const { android, ios, events } = trustlyCheckout.nativeBridge
  expect([android.object, android.method, ios.messageHandler]).toEqual([
    'TrustlyAndroid',
    'handleTrustlyEvent',
    'trustlySDKBridge',
  ])
  expect(events.every((event) => event.startsWith('onTrustlyCheckout'))).toBe(true)
})
