import { trustlyCheckout } from './checkout.ts'

test('a frame lets windows out of its sandbox, as Trustly demands', () => {
  expect(trustlyCheckout.frameSandbox.split(' ')).toContain('allow-popups-to-escape-sandbox')
})

test("the bridges are those of Trustly's SDKs", () => {
  const { android, ios, events } = trustlyCheckout.nativeBridge
  expect([android.object, android.method, ios.messageHandler]).toEqual([
    'TrustlyAndroid',
    'handleTrustlyEvent',
    'trustlySDKBridge',
  ])
  expect(events.every((event) => event.startsWith('onTrustlyCheckout'))).toBe(true)
})
