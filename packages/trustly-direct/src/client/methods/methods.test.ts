import { model, samples } from '../../__fixtures__/published.ts'
import { type JsonObject, memberAt } from '../../wire/json-text.ts'
import type { Fields } from '../field-rules.ts'
import { checkData } from './check-data.ts'
import { descriptionOf, methods, type TrustlyMethod } from './methods.ts'

const names = Object.keys(methods) as TrustlyMethod[]

/** Trustly's model calls it by another name than the wire does. */
const modelName = (method: TrustlyMethod): string =>
  method === 'ViewAutomaticSettlementDetailsCSV' ? 'SettlementReport' : method

const methodOf = (sample: string): TrustlyMethod | undefined => {
  const [, name = ''] = /^(?:java|docs)-(?:request|response)-([a-z]+)/.exec(sample) ?? []
  const wanted = name === 'settlementreport' ? 'viewautomaticsettlementdetailscsv' : name
  return names.find((method) => method.toLowerCase() === wanted)
}

/** Without what this package adds itself; the vendor's samples write some ids as numbers. */
const requestData = (parsed: JsonObject): JsonObject => {
  const { Username: _u, Password: _p, ...data } = (memberAt(parsed, 'params', 'Data') ?? parsed) as JsonObject
  const asText = (value: unknown) => (typeof value === 'number' ? String(value) : value)
  return Object.fromEntries(Object.entries(data).map(([name, value]) => [name, asText(value)])) as JsonObject
}

const requests = samples.filter(({ name }) => name.includes('-request-'))
const responses = samples.filter(({ name }) => name.includes('-response-') && methodOf(name))

/** Samples against the rules of their own page: an amount without decimals, no ShopperStatement. */
const contradicted: { readonly [sample: string]: readonly string[] } = {
  'java-request-deposit_ideal': ['Attributes.Amount'],
  'java-request-withdraw': ['Attributes.ShopperStatement'],
}

test.each(requests.map(({ name, parsed }) => [name, parsed] as const))(
  '%s, as the vendor published it, fits its description',
  (name, parsed) => {
    const method = methodOf(name)
    if (!method) throw new Error(`No description for ${name}`)
    const issues = checkData(descriptionOf(method), requestData(parsed)).map(({ field }) => field)
    expect(issues).toEqual(contradicted[name] ?? [])
  },
)

test.each(responses.map(({ name, parsed }) => [name, parsed] as const))(
  '%s, as the vendor published it, is an answer of its description',
  (name, parsed) => {
    const method = methodOf(name)
    if (!method) throw new Error(`No description for ${name}`)
    expect(descriptionOf(method).response.safeParse(memberAt(parsed, 'result', 'data')).error).toBeUndefined()
  },
)

/** Differences to Trustly's model, with the reason (protocol/trustly.md, sections 3.2 to 3.18). */
const differences: { readonly [member: string]: string } = {
  'Deposit.Attributes.ChargeAccountId': 'the wire has ChargeAccountID',
  'Deposit.Attributes.AccountId': 'the wire has AccountID',
  'DirectDebitMandate.Attributes.AccountId': 'the wire has AccountID',
  'RegisterAccount.EndUserID': 'required by the documentation',
  'Swish.NotificationURL': 'required of every order',
  'Swish.EndUserID': 'required of every order',
  'Swish.MessageID': 'required of every order',
}

const compare = (where: string, ours: Fields, theirs: { readonly [member: string]: boolean } = {}) =>
  Object.entries(theirs).flatMap(([name, needed]) => {
    const field = ours[name]
    return field && (field.need === 'required') === needed ? [] : [`${where}${name}`]
  })

test.each(names)("%s has every member of Trustly's own model, required where it is there", (method) => {
  const { data, attributes } = descriptionOf(method)
  const name = modelName(method)
  const attributesName = name === 'DirectCredit' ? 'DirectDebitRequestDataAttributes' : `${name}RequestDataAttributes`
  const found = [
    ...compare(`${method}.`, data, model.interfaces[`${name}RequestData`]),
    ...compare(`${method}.Attributes.`, attributes, model.interfaces[attributesName]),
  ]
  expect(found).toEqual(Object.keys(differences).filter((member) => member.startsWith(`${method}.`)))
})

test('the model knows no method that is not described, but a double of RegisterAccount', () => {
  const described = new Set(names.map(modelName))
  const missing = Object.keys(model.interfaces).flatMap((name) => {
    const [, method] = /^(\w+)RequestData$/.exec(name) ?? []
    return method && !described.has(method) ? [method] : []
  })
  expect(missing).toEqual([])
})

test.each(names)('%s names its source', (method) => {
  expect(descriptionOf(method).source).toMatch(/^https:|github\.com/)
})

test('a sample of an answer with the wrong shape is none', () => {
  const { response } = methods.Refund
  expect(response.safeParse({ orderid: '1187741486', result: '2' }).success).toBe(false)
  expect(response.safeParse({ result: '1' }).success).toBe(false)
  expect(methods.Charge.response.safeParse({ result: '0', rejected: '' }).data).toEqual({
    result: '0',
    rejected: null,
    orderid: null,
  })
})
