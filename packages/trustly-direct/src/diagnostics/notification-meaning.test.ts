import { notificationKinds } from '../callbacks/notification-kinds.ts'
import { notificationMeaning } from './notification-meaning.ts'

test.each(Object.keys(notificationKinds))('%s has a meaning', (method) =>
  expect(notificationMeaning(method)).toMatch(/\w+ \w+/),
)

test.each(['new', 'toString', '__proto__', ''])('%j is not known, so it is not guessed', (method) =>
  expect(notificationMeaning(method)).toBeNull(),
)
