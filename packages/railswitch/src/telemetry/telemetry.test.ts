import { metrics, trace } from '@opentelemetry/api'
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics'
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base'
import { depositOf, type ShopAtTrustly, shopAtTrustly } from '../scenarios/__fixtures__/shop-at-trustly.ts'

const spans = new InMemorySpanExporter()
const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE)
const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 })
let shop: ShopAtTrustly

beforeAll(async () => {
  trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] }))
  metrics.setGlobalMeterProvider(new MeterProvider({ readers: [reader] }))
  shop = await shopAtTrustly()
})
afterAll(async () => {
  await shop.close()
  await reader.shutdown()
})

test('operations, callbacks and events are reported with their outcomes, and without personal data or secrets', async () => {
  const payments = shop.start()
  const input = depositOf('order-1')
  await payments.deposit(input)
  const captured = await shop.capture(() =>
    shop.sandbox.trustly.complete(shop.order('order-1').orderId, { notify: ['credit'] }),
  )
  const credit = captured.find(({ body }) => body.includes('"credit"'))
  const headers = { 'content-type': 'application/json' }
  const deliver = (body = '') =>
    payments.callbacks.web(new Request(`${shop.url}${credit?.path}`, { method: 'POST', headers, body }))
  await deliver(credit?.body)
  await deliver(credit?.body)
  const [debit] = await shop.capture(() => shop.sandbox.trustly.debit(shop.order('order-1').orderId))
  await deliver(debit?.body)
  await deliver('{}')
  await expect(payments.deposit({ ...input, amount: { value: '1.00', currency: 'SEK' } })).rejects.toThrow()
  await payments.sync()
  await payments.reconcile()

  expect(
    spans
      .getFinishedSpans()
      .map(({ name, attributes }) => [name, attributes['railswitch.outcome'], attributes['railswitch.answer']]),
  ).toEqual([
    ['railswitch.deposit', 'started', undefined],
    ['railswitch.callback', 'handled', 'ok'],
    ['railswitch.callback', 'duplicate', 'ok'],
    ['railswitch.callback', 'handled', 'not_recovered'],
    ['railswitch.callback', 'refused', undefined],
    ['railswitch.deposit', 'conflict', undefined],
    ['railswitch.sync', undefined, undefined],
    ['railswitch.reconcile', undefined, undefined],
  ])
  await reader.forceFlush()
  const reported = exporter
    .getMetrics()
    .flatMap(({ scopeMetrics }) => scopeMetrics)
    .flatMap(({ metrics: all }) => all)
  expect(reported.map(({ descriptor }) => descriptor.name).sort()).toEqual([
    'railswitch.callback.duration',
    'railswitch.event.lag',
    'railswitch.events',
    'railswitch.operation.duration',
  ])
  const credited = reported
    .find(({ descriptor }) => descriptor.name === 'railswitch.events')
    ?.dataPoints.find(({ attributes }) => attributes['railswitch.event'] === 'deposit.credited')
  expect(credited).toMatchObject({ value: 1, attributes: { 'railswitch.rail': 't' } })

  const everything = JSON.stringify([
    spans.getFinishedSpans().map(({ name, attributes, events, status }) => ({ name, attributes, events, status })),
    reported,
  ])
  const { customer } = input
  for (const secret of [customer.email, customer.firstName, customer.lastName, customer.id, input.returnUrl, 'token'])
    expect(everything).not.toContain(secret)
})
