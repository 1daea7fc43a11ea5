import { checkOption, checkSecretOption } from './rail-option.ts'

test('an option is named with its rail and its variable', () => {
  expect(checkOption({ rail: 'north-se' }, 'publicKey')).toBe(
    'check `publicKey` of rail north-se (RAILSWITCH_NORTH_SE_PUBLIC_KEY or its _FILE).',
  )
})

test('without the name of the rail, its variable is not known', () => {
  expect(checkOption({}, 'publicKey')).toBe('check `publicKey`.')
})

test('the keys of a sandbox change when it starts', () => {
  expect(checkSecretOption({ environment: 'local' }, 'secret')).toMatch(
    /^If a sandbox was started after the application, restart the application: .* Otherwise, check `secret`\.$/,
  )
  expect(checkSecretOption({ environment: 'test' }, 'secret')).toBe('If this is so every time, check `secret`.')
})
