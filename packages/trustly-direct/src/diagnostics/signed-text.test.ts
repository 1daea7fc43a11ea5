import { isLeft, right } from '@railswitch/core/provider'
import { vectors } from '../__fixtures__/published.ts'
import { signedText } from './signed-text.ts'

test.each(vectors.published.filter(({ expected_serialised }) => expected_serialised !== undefined))(
  'the published text of data alone: $name',
  ({ data, expected_serialised }) => expect(signedText(data)).toEqual(right(expected_serialised)),
)

test.each(
  [...vectors.published, ...vectors.derived].filter(({ expected_plaintext }) => expected_plaintext !== undefined),
)('the published text with method and uuid: $name', ({ method, uuid, data, expected_plaintext }) =>
  expect(signedText(data, { method, uuid })).toEqual(right(expected_plaintext)),
)

test('what is no JSON is refused by its place, not by its content', () => {
  const refused = signedText('{"marked":1,"marked":2}')
  expect(refused).toMatchObject({
    left: { field: 'data', rule: expect.stringMatching(/duplicate member at character 13/) },
  })
  expect(isLeft(refused) && JSON.stringify(refused.left)).not.toContain('marked')
})
