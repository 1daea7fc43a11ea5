import { errorName } from './foreign-error.ts'

class DriverError extends Error {
  override readonly name = 'DriverError'
  readonly detail = 'account 123456'
}

test('a foreign error is logged by its name, without its message, which may contain secrets', () => {
  expect(errorName(new DriverError('password "hunter2" is wrong'))).toBe('DriverError')
})

test('a thrown value that is no error is logged by its type, without its content', () => {
  expect([errorName('the password is hunter2'), errorName({ secret: 'hunter2' }), errorName(undefined)]).toEqual([
    'string',
    'object',
    'undefined',
  ])
})
