import { runInNewContext } from 'node:vm'
import { framesOf } from '../errors/foreign-error.ts'
import { PaymentError, providerFailed, storeFailed, unreachable } from '../errors/payment-error.ts'
import { describeError, describeWithoutMessage } from './described-error.ts'

const text = { message: 'The store failed.', hint: 'Repair it.' }

describe('an error of the application', () => {
  test('has its name, message, code, stack and causes', () => {
    const cause = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })
    const error = new TypeError('cannot read', { cause })
    expect(describeError(error)).toEqual({
      name: 'TypeError',
      message: 'cannot read',
      stack: error.stack,
      cause: { name: 'Error', message: 'connect ECONNREFUSED', code: 'ECONNREFUSED', stack: cause.stack },
    })
  })

  test('of a connection that failed at several addresses has each of them, because its own message is empty', () => {
    const error = new AggregateError([new Error('::1'), new Error('127.0.0.1')])
    expect(describeError(error).errors).toMatchObject([{ message: '::1' }, { message: '127.0.0.1' }])
  })

  test.each([
    ['text', 'out of stock', { name: 'string', message: 'out of stock' }],
    ['nothing', undefined, { name: 'undefined', message: 'undefined' }],
    ['null', null, { name: 'object', message: 'null' }],
    ['an object with a message', { message: 'out of stock' }, { name: 'object', message: 'out of stock' }],
    ['another object', { status: 500 }, { name: 'object', message: 'status' }],
  ])('that is %s is described too', (_name, thrown, described) => {
    expect(describeError(thrown)).toEqual(described)
  })

  test('of another realm is an error', () => {
    const error: unknown = runInNewContext(`new RangeError('far away')`)
    expect(error instanceof Error).toBe(false)
    expect(describeError(error)).toMatchObject({ name: 'RangeError', message: 'far away' })
  })

  test('that is its own cause ends', () => {
    const error = new Error('round')
    error.cause = error
    expect(JSON.stringify(describeError(error)).match(/"message":"round"/g)).toHaveLength(5)
  })
})

describe('an error of ours', () => {
  test('has its code and hint, and the cause of store_failed with its message', () => {
    expect(describeError(storeFailed(text, { cause: new Error('no table') }))).toMatchObject({
      name: 'PaymentError',
      code: 'store_failed',
      hint: 'Repair it.',
      cause: { message: 'no table' },
    })
  })

  test('has any other cause without its message, because it may repeat the request', () => {
    const data = unreachable('Trustly', 'no signature', 'https://trustly.example/').toJSON()
    const described = describeError(new PaymentError(data, { cause: new RangeError('marked') }))
    expect(described.cause?.name).toBe('RangeError')
    expect(JSON.stringify(described)).not.toContain('marked')
  })
})

describe('the frames of a stack', () => {
  test.each([
    ['one line', new Error('marked')],
    ['several lines', new Error('marked\n    at marked (marked.ts:1:1)')],
    ['a message that was changed', Object.assign(new Error('marked\n    at marked'), { message: 'other' })],
    ['a message that is part of its name', Object.assign(new Error('marked\n    at marked'), { message: 'E' })],
    ['a stack that was changed', Object.assign(new Error('x'), { stack: 'marked\n    at marked' })],
  ])('do not contain the message of an error with %s', (_name, error) => {
    expect(framesOf(error)).not.toContain('marked')
    expect(JSON.stringify(describeWithoutMessage(error))).not.toContain('marked')
  })

  test('name the functions and files', () => {
    expect(framesOf(new Error('x'))).toMatch(/^ {4}at .*described-error\.test\.ts/)
    expect(framesOf(new Error(''))).toMatch(/^ {4}at .*described-error\.test\.ts/)
    expect(framesOf('text')).toBe('')
  })

  test('are the stack of the error of a provider', () => {
    const { stack, message } = providerFailed('mine', new TypeError('marked'))
    expect(message).toBe('The provider mine failed (TypeError).')
    expect(stack).toMatch(/^PaymentError: The provider mine failed \(TypeError\)\.\n {4}at .*described-error\.test\.ts/)
    expect(stack).not.toContain('marked')
  })
})
