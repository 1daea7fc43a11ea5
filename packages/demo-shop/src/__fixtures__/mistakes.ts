import { createPublicKey } from 'node:crypto'
import { keys } from '@railswitch/sandbox/fixtures/keys'
import { postgresStore } from '@railswitch/store-postgres'
import { embeddedStore } from '@railswitch/store-postgres/embedded'
import { configFromEnv, createPayments, memoryStore, money, type Payments } from 'railswitch'
import { versatileBank } from 'railswitch/fixtures/versatile-bank'

/** Every mistake is made as a program without types makes it. */
type Anything = any

/**
 * A mistake, what makes it, and the essential words of its error. For `invalid_input` and `invalid_configuration`: the field, words of its
 * rule, and words of its fix. For any other code: the code, words of the message, and words of the hint.
 */
export type Mistake = readonly [name: string, make: () => unknown, words: readonly [string, string, string]]

const secret = 's'.repeat(32)
const publicKey = createPublicKey(keys.merchant).export({ type: 'spki', format: 'pem' }).toString()
const trustly = {
  use: 'trustly-direct',
  environment: 'test',
  username: 'shop',
  password: 'password',
  privateKey: keys.merchant,
}
const payabl = { use: 'payabl-trustly', environment: 'test', merchantId: 'shop', secret: 'marked-secret' }
const base = {
  active: 'trustly',
  providers: { trustly, payabl },
  store: memoryStore(),
  callbacks: { url: 'https://shop.example/callbacks', secrets: [secret] },
  logger: false,
}
const create = (change: object) => createPayments({ ...base, ...change } as Anything)
const withRail = (change: object) => create({ providers: { trustly: { ...trustly, ...change } } })
const withPayabl = (change: object) => create({ active: 'payabl', providers: { payabl: { ...payabl, ...change } } })
const withCallbacks = (change: object) => create({ callbacks: { ...base.callbacks, ...change } })
const withProvider = (change: object) => create({ active: 'bank', providers: { bank: { ...versatileBank().rail, ...change } } })

const live = { ...trustly, environment: 'live' }
const durable = { ...memoryStore(), durable: true }

const configuration: readonly Mistake[] = [
  ['no configuration', () => (createPayments as Anything)(), ['config', 'must be an object', 'createPayments({ active']],
  ['a configuration that is text', () => (createPayments as Anything)('trustly'), ['config', 'must be an object', 'createPayments({']],
  ['no active rail', () => create({ active: undefined }), ['active', 'is required', 'write trustly or payabl']],
  ['an empty active rail', () => create({ active: '' }), ['active', 'is required', 'write trustly or payabl']],
  ['a list of active rails', () => create({ active: ['trustly'] }), ['active', "a rail's name, or a function", 'the name of a rail']],
  ['a misspelt active rail', () => create({ active: 'trusty' }), ['active', 'not a configured rail', 'write trustly']],
  ['an active rail of another configuration', () => create({ active: 'north' }), ['active', 'not a configured rail', 'one of trustly, payabl']],
  ['no rails', () => create({ providers: undefined }), ['providers', 'is required', 'options of each rail']],
  ['an empty set of rails', () => create({ providers: {} }), ['providers', 'at least one rail', 'add one']],
  ['rails in a list', () => create({ providers: [trustly] }), ['providers', 'an object with the options of each rail', 'an object']],
  ['a rail that is null', () => create({ providers: { trustly: null } }), ['providers.trustly', 'options or a provider', "'trustly-direct'"]],
  ['a rail with capitals in its name', () => create({ active: 'trustly', providers: { trustly, TrustlySE: trustly } }), ['providers.(rail 2)', 'a-z 0-9 -', 'rename it']],
  ['no `use`', () => withRail({ use: undefined }), ['providers.trustly.use', 'is required', "'trustly-direct' or 'payabl-trustly'"]],
  ['an unknown `use`', () => withRail({ use: 'trustly' }), ['providers.trustly.use', 'not a provider', "'trustly-direct' or 'payabl-trustly'"]],
  ['an environment that does not exist', () => withRail({ environment: 'production' }), ['providers.trustly.environment', 'no environment', 'local, test or live']],
  ['a misspelt option', () => withRail({ pasword: 'x' }), ['providers.trustly.pasword', 'not a known field', 'write password']],
  ['an option of another provider', () => withRail({ merchantId: 'x' }), ['providers.trustly.merchantId', 'not a known field', 'correct its spelling']],
  ['no password', () => withRail({ password: undefined }), ['providers.trustly.password', 'is required', 'the password of the API']],
  ['a password with a line break', () => withRail({ password: 'marked\n' }), ['providers.trustly.password', 'white space', 'without the line break']],
  ['no private key', () => withRail({ privateKey: undefined }), ['providers.trustly.privateKey', 'is required, unless', 'private key, or a signer']],
  ['a private key in a file that does not exist', () => withRail({ privateKey: './marked.pem' }), ['providers.trustly.privateKey', 'file', 'path']],
  ['a public key instead of a private one', () => withRail({ privateKey: publicKey }), ['providers.trustly.privateKey', 'public key', 'private']],
  ['a signer that is a function', () => withRail({ privateKey: undefined, signer: () => {} }), ['providers.trustly.signer', 'a function `sign`', '{ sign: async']],
  ['the address of another environment', () => withRail({ url: 'https://api.trustly.com/1' }), ['providers.trustly.url', "Trustly's address of live", 'leave it out']],
  ['no merchant id', () => withPayabl({ merchantId: undefined }), ['providers.payabl.merchantId', 'is required', "the account's merchant id"]],
  ['no secret of the account', () => withPayabl({ secret: undefined }), ['providers.payabl.secret', 'is required', "the account's secret or a list of secrets"]],
  ['an empty list of secrets of the account', () => withPayabl({ secret: [] }), ['providers.payabl.secret', 'must not be empty', 'the secret of the account']],
  ['a live account without its address', () => create({ active: 'payabl', store: durable, providers: { payabl: { ...payabl, environment: 'live' } } }), ['providers.payabl.url', 'is required where environment is live', 'end of the onboarding']],
  ['an Either instead of a provider', () => create({ providers: { trustly: { _tag: 'Right', right: {} } } }), ['providers.trustly', 'is an Either', 'its `right`']],
  ['a provider without interpret', () => withProvider({ interpret: undefined }), ['providers.bank.interpret', 'must be a function', 'PaymentProvider']],
  ['a provider without capabilities', () => withProvider({ capabilities: undefined }), ['providers.bank.capabilities.deposit', 'must be declared', '{ yes: true }']],
  ['a provider with other transactions', () => withProvider({ transactions: 'single' }), ['providers.bank.transactions', "'one' or 'many'", 'PaymentProvider']],
  ['no store', () => create({ store: undefined }), ['store', 'is required', 'memoryStore() for tests']],
  ['a store that was not called', () => create({ store: memoryStore }), ['store', 'not a function', 'call it']],
  ['a pool instead of a store', () => create({ store: { connect() {}, query() {} } }), ['store', 'not a connection to a database', 'postgresStore({ pool }) of @railswitch/store-postgres']],
  ['a store that lacks functions', () => create({ store: { ...memoryStore(), release: undefined } }), ['store', 'lacks release', 'implement Store']],
  ['an object instead of a store', () => create({ store: {} }), ['store', 'must be a store', '@railswitch/store-postgres']],
  ['a live rail with a store in memory', () => create({ providers: { trustly: live } }), ['store', 'may lose payments, and a rail is live', 'postgresStore({ pool }) of @railswitch/store-postgres']],
  ['no callbacks', () => create({ callbacks: undefined }), ['callbacks', 'is required', 'an object with url, secrets']],
  ['no callback address', () => withCallbacks({ url: undefined }), ['callbacks.url', 'is required', "'https://shop.example/callbacks'"]],
  ['a callback address that is a path', () => withCallbacks({ url: '/callbacks' }), ['callbacks.url', 'absolute http(s) address', "'https://shop.example/callbacks'"]],
  ['a callback address with a query', () => withCallbacks({ url: 'https://shop.example/callbacks?x=1' }), ['callbacks.url', 'without ? and #', "'https://shop.example/callbacks'"]],
  ['http for a test rail', () => withCallbacks({ url: 'http://shop.example/callbacks' }), ['callbacks.url', 'must be https', 'https address']],
  [
    'a live rail on localhost',
    () =>
      create({
        store: durable,
        providers: { trustly: live },
        callbacks: { ...base.callbacks, url: 'https://localhost:3000/callbacks' },
      }),
    ['callbacks.url', 'address of this machine', 'public address'],
  ],
  [
    'a live rail on 127.0.0.1',
    () =>
      create({
        store: durable,
        providers: { trustly: live },
        callbacks: { ...base.callbacks, url: 'https://127.0.0.1/callbacks' },
      }),
    ['callbacks.url', 'address of this machine', 'public address'],
  ],
  ['no secrets', () => withCallbacks({ secrets: undefined }), ['callbacks.secrets', 'is required', 'a list of secrets']],
  ['one secret instead of a list', () => withCallbacks({ secrets: secret }), ['callbacks.secrets', 'a list of secrets', 'a list']],
  ['an empty list of secrets', () => withCallbacks({ secrets: [] }), ['callbacks.secrets', 'at least one secret', 'openssl rand']],
  ['a short secret', () => withCallbacks({ secrets: ['marked'] }), ['callbacks.secrets.0', 'at least 32 characters', 'openssl rand']],
  ['a secret that is undefined', () => withCallbacks({ secrets: [secret, undefined] }), ['callbacks.secrets.1', 'is required', 'openssl rand']],
  ['a time limit in seconds as text', () => withCallbacks({ handlerTimeoutMs: '10s' }), ['callbacks.handlerTimeoutMs', 'whole milliseconds', '10000 for 10 s']],
  ['a misspelt option of the callbacks', () => withCallbacks({ secret: [secret] }), ['callbacks.secret', 'not a known field', 'write secrets']],
  ['a misspelt option of the configuration', () => create({ provider: {} }), ['provider', 'not a known field', 'write providers']],
  ['an unknown option of the configuration', () => create({ webhook: true }), ['webhook', 'not a known field', 'leave it out']],
  ['an unknown capability', () => create({ requires: ['refunds'] }), ['requires.0', 'not a capability', 'deposit, refund, refund.partial, payout.toDepositor, payout.toAccount, withdrawal']],
  ['a capability instead of a list', () => create({ requires: 'deposit' }), ['requires', 'a list of capabilities', 'a list']],
  ['a capability that a rail lacks', () => create({ requires: ['charge'] }), ['requires', 'rail payabl cannot do charge', 'remove the rail or the requirement']],
  ['a flag as text', () => create({ crossCheck: 'false' }), ['crossCheck', 'true or false', 'true or false']],
  ['a statement that is too long', () => create({ statement: 'x'.repeat(101) }), ['statement', '1 to 100 characters', 'shorten it']],
  ['a logger that is true', () => create({ logger: true }), ['logger', 'false or have the functions', 'console or pino']],
  ['a logger without warn', () => create({ logger: { info() {}, error() {} } }), ['logger', 'info, warn and error', 'console or pino']],
  ['a hook that is no function', () => create({ onError: {} }), ['onError', 'must be a function', 'leave it out']],
  ['a transport that is an agent', () => create({ transport: {} }), ['transport', 'must be a function', 'leave it out']],
  ['a clock that returns a number', () => create({ clock: Date.now }), ['clock', 'valid Date', '() => new Date()']],
]

const env = (change: Readonly<Record<string, string | undefined>>) =>
  configFromEnv({
    RAILSWITCH_RAILS: 'trustly',
    RAILSWITCH_ACTIVE: 'trustly',
    RAILSWITCH_CALLBACK_URL: 'https://shop.example/callbacks',
    RAILSWITCH_CALLBACK_SECRETS: secret,
    RAILSWITCH_TRUSTLY_USE: 'trustly-direct',
    RAILSWITCH_TRUSTLY_ENVIRONMENT: 'test',
    RAILSWITCH_TRUSTLY_USERNAME: 'shop',
    RAILSWITCH_TRUSTLY_PASSWORD: 'password',
    RAILSWITCH_TRUSTLY_PRIVATE_KEY: keys.merchant,
    ...change,
  })
const second = { RAILSWITCH_RAILS: 'trustly,payabl', RAILSWITCH_PAYABL_USE: 'payabl-trustly', RAILSWITCH_PAYABL_ENVIRONMENT: 'test', RAILSWITCH_PAYABL_MERCHANT_ID: 'shop', RAILSWITCH_PAYABL_SECRET: 'marked-secret' }
const start = (change: Readonly<Record<string, string | undefined>>) => createPayments({ ...env(change), store: memoryStore(), logger: false })

const environment: readonly Mistake[] = [
  ['no environment', () => (configFromEnv as Anything)(), ['env', 'an object of variables', 'configFromEnv(process.env)']],
  ['a variable that is no text', () => start({ RAILSWITCH_CALLBACK_SECRETS: [secret] as Anything }), ['RAILSWITCH_CALLBACK_SECRETS', 'must be text', 'separate several values by commas']],
  ['no variable at all', () => configFromEnv({ PATH: '/usr/bin' }), ['env', 'no variable that begins with RAILSWITCH_', 'node --env-file=.env']],
  ['no rails, and no variable of one', () => createPayments({ ...configFromEnv({ RAILSWITCH_CROSS_CHECK: 'true' }), store: memoryStore() }), ['RAILSWITCH_RAILS', 'is missing', "add one, such as 'trustly'"]],
  ['no list of rails', () => start({ RAILSWITCH_RAILS: undefined }), ['RAILSWITCH_RAILS', 'is missing, and trustly has variables', 'write RAILSWITCH_RAILS=trustly']],
  ['an empty list of rails', () => start({ RAILSWITCH_RAILS: '' }), ['RAILSWITCH_RAILS', 'is missing, and trustly has variables', 'write RAILSWITCH_RAILS=trustly']],
  ['a rail that is not in the list', () => start({ ...second, RAILSWITCH_RAILS: 'trustly' }), ['RAILSWITCH_RAILS', 'does not name payabl', 'add payabl, or remove the variables that begin with RAILSWITCH_PAYABL_']],
  ['two rails, and none of them active', () => start({ ...second, RAILSWITCH_ACTIVE: undefined }), ['RAILSWITCH_ACTIVE', 'is missing', 'write trustly or payabl']],
  ['no callback address', () => start({ RAILSWITCH_CALLBACK_URL: undefined }), ['RAILSWITCH_CALLBACK_URL', 'is missing', "'https://shop.example/callbacks'"]],
  ['no callback secrets', () => start({ RAILSWITCH_CALLBACK_SECRETS: undefined }), ['RAILSWITCH_CALLBACK_SECRETS', 'is missing', 'openssl rand']],
  ['a misspelt variable', () => start({ RAILSWITCH_ACTVE: 'trustly' }), ['RAILSWITCH_ACTVE', 'not a variable', 'write RAILSWITCH_ACTIVE']],
  ['a variable of a rail that is not listed', () => start({ RAILSWITCH_NORTH_PASSWORD: 'marked' }), ['RAILSWITCH_NORTH_PASSWORD', 'not a variable', 'RAILSWITCH_RAILS']],
  ['a rail without variables', () => start({ RAILSWITCH_RAILS: 'trustly,north' }), ['RAILSWITCH_RAILS', 'no variable sets an option of north', 'set RAILSWITCH_NORTH_USE and the others']],
  ['a rail with a wrong name', () => start({ RAILSWITCH_RAILS: 'trustly,Marked Name' }), ['RAILSWITCH_RAILS', 'rail 2', 'correct the name']],
  ['a misspelt active rail', () => start({ RAILSWITCH_ACTIVE: 'trusty' }), ['RAILSWITCH_ACTIVE', 'not a configured rail', 'write trustly']],
  ['a missing `use`', () => start({ RAILSWITCH_TRUSTLY_USE: undefined }), ['RAILSWITCH_TRUSTLY_USE', 'is missing', "'trustly-direct' or 'payabl-trustly'"]],
  ['a missing password', () => start({ RAILSWITCH_TRUSTLY_PASSWORD: undefined }), ['RAILSWITCH_TRUSTLY_PASSWORD', 'is missing', 'write the password of the API']],
  ['an empty password', () => start({ RAILSWITCH_TRUSTLY_PASSWORD: '' }), ['RAILSWITCH_TRUSTLY_PASSWORD', 'must not be empty', 'paste it again']],
  ['a missing private key', () => start({ RAILSWITCH_TRUSTLY_PRIVATE_KEY: undefined }), ['RAILSWITCH_TRUSTLY_PRIVATE_KEY', 'is missing, and is required', 'private key']],
  ['the path of a private key instead of the key', () => start({ RAILSWITCH_TRUSTLY_PRIVATE_KEY: './marked.pem' }), ['RAILSWITCH_TRUSTLY_PRIVATE_KEY', 'not a path', 'RAILSWITCH_TRUSTLY_PRIVATE_KEY_FILE instead']],
  ['a key that was not quoted in a .env file', () => start({ RAILSWITCH_TRUSTLY_PRIVATE_KEY: '-----BEGIN PRIVATE KEY-----' }), ['RAILSWITCH_TRUSTLY_PRIVATE_KEY', 'does not end it', 'into quotation marks in a .env file']],
  ['a sandbox without its address', () => start({ RAILSWITCH_TRUSTLY_ENVIRONMENT: 'local' }), ['RAILSWITCH_TRUSTLY_URL', 'is missing, and is required where environment is local', "the sandbox's address, such as 'http://127.0.0.1:4270/api/1'"]],
  ['a file that does not exist', () => start({ RAILSWITCH_TRUSTLY_PRIVATE_KEY: undefined, RAILSWITCH_TRUSTLY_PRIVATE_KEY_FILE: './marked.pem' }), ['RAILSWITCH_TRUSTLY_PRIVATE_KEY_FILE', 'cannot be read', 'check the path']],
  ['a value and a file', () => start({ RAILSWITCH_TRUSTLY_PASSWORD_FILE: './marked' }), ['RAILSWITCH_TRUSTLY_PASSWORD', 'set twice', 'remove one']],
  ['a short secret as the second one', () => start({ RAILSWITCH_CALLBACK_SECRETS: `${secret},marked` }), ['RAILSWITCH_CALLBACK_SECRETS', 'number 2 must be at least 32 characters', 'openssl rand']],
  ['an http address', () => start({ RAILSWITCH_CALLBACK_URL: 'http://shop.example/callbacks' }), ['RAILSWITCH_CALLBACK_URL', 'must be https', 'https address']],
  ['a wrong environment of a rail', () => start({ RAILSWITCH_TRUSTLY_ENVIRONMENT: 'prod' }), ['RAILSWITCH_TRUSTLY_ENVIRONMENT', 'no environment', 'local, test or live']],
  ['a value that the application replaced', () => createPayments({ ...env({}), active: 'trusty', store: memoryStore() }), ['active', 'not a configured rail', 'write trustly']],
]

const stores: readonly Mistake[] = [
  ['postgresStore without options', () => (postgresStore as Anything)(), ['pool', 'is required', '`transaction` and `query`']],
  ['postgresStore with nothing in it', () => postgresStore({} as Anything), ['pool', 'is required', 'a pool of pg']],
  ['postgresStore with a pool that is undefined', () => postgresStore({ pool: undefined } as Anything), ['pool', 'is required', 'a pool of pg']],
  ['postgresStore with the address of a database', () => postgresStore({ pool: 'postgres://marked' } as Anything), ['pool', 'must be a pool of pg', 'new pg.Pool']],
  ['postgresStore of the pool itself', () => postgresStore({ connect() {}, query() {} } as Anything), ['pool', 'is required', 'postgresStore({ pool })']],
  ['postgresStore without query', () => postgresStore({ transaction() {} } as Anything), ['query', 'must be a function', '`transaction` and `query`']],
  ['postgresStore of a single client', () => postgresStore({ pool: { connect: async () => undefined } } as Anything).find('x'), ['pool', 'not a client', 'new pg.Pool']],
  ['an impossible schema', () => postgresStore({ pool: { connect() {} }, schema: 'My Schema' } as Anything), ['schema', 'a-z 0-9 _', "use 'railswitch'"]],
  ['embeddedStore of a path', () => (embeddedStore as Anything)('./data'), ['options', 'must be an object', "{ folder: './data' }"]],
  ['a misspelt folder', () => embeddedStore({ path: './data' } as Anything), ['path', 'not a known field', "{ folder: './data' }"]],
  ['an empty folder', () => embeddedStore({ folder: '' }), ['folder', 'the path of a folder', "{ folder: './data' }"]],
  ['a folder that cannot be created', () => create({ store: embeddedStore({ folder: '/dev/null/data' }) }), ['store', 'cannot be created or written', 'may write']],
]

const customer = {
  id: 'c-1',
  firstName: 'Åsa',
  lastName: 'Öberg',
  email: 'asa@shop.example',
  country: 'DE',
  locale: 'de',
}
const deposit = { reference: 'order-1', amount: money('249.90', 'EUR'), customer, returnUrl: 'https://shop.example/' }
const handlers = {
  'deposit.credited': () => {},
  'deposit.reversed': () => ({ recovered: true }),
  'withdrawal.requested': () => ({ reserved: true }),
}

/** A shop with the rail `bank`, and a credited deposit (`paid`), a pending one (`open`), and a withdrawal that nobody has requested yet. */
const opened = async (change: object = {}, on: object | null = handlers) => {
  const { rail } = versatileBank()
  const payments: Payments<Anything> = create({
    active: 'bank',
    providers: { bank: rail },
    store: memoryStore(),
    ...change,
  })
  if (on) payments.on(on as Anything)
  const begin = (reference: string) => payments.deposit({ ...deposit, reference })
  return { payments, begin }
}
const paid = async () => {
  const { payments, begin } = await opened()
  const { payment } = await begin('order-1')
  const body = JSON.stringify({ id: 'n-1', order: 'order of order-1', method: 'deposit.credited', amount: '249.90' })
  await payments.callbacks.web(new Request('https://shop.example/callbacks/bank', { method: 'POST', body }))
  return { payments, payment }
}
const given = (change: object) => async () => (await opened()).payments.deposit({ ...deposit, ...change } as Anything)
const customerWith = (change: object) => given({ customer: { ...customer, ...change } })
const calling = (call: (payments: Anything) => unknown) => async () => call((await opened()).payments)
const refunding = (change: object) => async () => {
  const { payments, payment } = await paid()
  return payments.refund({ payment, reference: 'refund-1', amount: money('10.00', 'EUR'), ...change } as Anything)
}

const inputs: readonly Mistake[] = [
  ['no input', calling((payments) => payments.deposit()), ['input', 'is required', 'an object with reference, amount, customer, returnUrl']],
  ['an input that is text', calling((payments) => payments.deposit('order-1')), ['input', 'an object with reference', 'an object']],
  ['no reference', given({ reference: undefined }), ['reference', 'is required', 'such as an order number']],
  ['a reference that is a number', given({ reference: 1001 }), ['reference', 'such as an order number', 'your own id']],
  ['a reference with a space', given({ reference: 'order 1' }), ['reference', 'A-Z a-z 0-9 _ -', 'without spaces']],
  ['an attempt as text', given({ attempt: '2' }), ['attempt', 'a number', 'a number']],
  ['no amount', given({ amount: undefined }), ['amount', 'is required', "{ value: '10.00', currency: 'EUR' }"]],
  ['an amount in minor units', given({ amount: 24990 }), ['amount', 'must be money: { value, currency }', "{ value: '10.00', currency: 'EUR' }"]],
  ['an amount as text', given({ amount: '249.90' }), ['amount', 'must be money: { value, currency }', "{ value: '10.00', currency: 'EUR' }"]],
  ['an amount without a value', given({ amount: { currency: 'EUR' } }), ['amount.value', 'is required', "such as '10.00'"]],
  ['a value in minor units', given({ amount: { value: 24990, currency: 'EUR' } }), ['amount.value', 'must be text', "'249.90' if it counts the smallest unit"]],
  ['a value in yen that is a number', given({ amount: { value: 24990, currency: 'JPY' } }), ['amount.value', 'must be text', "write '24990'"]],
  ['a negative amount', given({ amount: { value: '-5.00', currency: 'EUR' } }), ['amount.value', 'must not be negative', 'refund() and payout()']],
  ['a value that is a number', given({ amount: { value: 249.9, currency: 'EUR' } }), ['amount.value', 'must be text', "'249.90'"]],
  ['a value with a comma', given({ amount: { value: '249,90', currency: 'EUR' } }), ['amount.value', 'at most one decimal point', "'249.90'"]],
  ['a value with too many decimals', given({ amount: { value: '249.999', currency: 'EUR' } }), ['amount.value', '2 decimals', 'round it']],
  ['zero', given({ amount: { value: '0', currency: 'EUR' } }), ['amount.value', 'above zero', 'make no call']],
  ['no currency', given({ amount: { value: '10.00' } }), ['amount.currency', 'ISO 4217', 'three capitals']],
  ['money() of a number', () => (money as Anything)(249.9, 'SEK'), ['value', 'must be text', "'249.90'"]],
  ['no customer', given({ customer: undefined }), ['customer', 'is required', 'an object with id, firstName, lastName, email, country, locale']],
  ['a customer that is an id', given({ customer: 'c-1' }), ['customer', 'an object with id, firstName', 'an object']],
  ['a misspelt field of the customer', customerWith({ fistName: 'x' }), ['customer.fistName', 'not a known field', 'write firstName']],
  ['no e-mail address', customerWith({ email: undefined }), ['customer.email', 'is required', 'an e-mail address']],
  ['a name that is not trimmed', customerWith({ lastName: 'Öberg ' }), ['customer.lastName', 'without white space around them', 'trim']],
  ['a country by its name', customerWith({ country: 'Germany' }), ['customer.country', 'ISO 3166-1 alpha-2', "'SE' or 'GB'"]],
  ['no country', customerWith({ country: undefined }), ['customer.country', 'is required', 'two capitals']],
  ['a locale with an underscore', customerWith({ locale: 'sv_SE' }), ['customer.locale', 'BCP 47', "'sv-SE'"]],
  ['a national telephone number', customerWith({ phone: '0701234567' }), ['customer.phone', 'international', "'+46701234567'"]],
  ['several IP addresses', customerWith({ ip: '192.0.2.1, 192.0.2.2' }), ['customer.ip', 'one IP address', "customer's address"]],
  ['no return address', given({ returnUrl: undefined }), ['returnUrl', 'is required', "the address of a page of yours, such as 'https://shop.example/thanks'"]],
  ['a return address that is a path', given({ returnUrl: '/thanks' }), ['returnUrl', 'absolute http(s) address', "'https://shop.example/'"]],
  ['return addresses without one of them', given({ returnUrl: { success: 'https://shop.example/', failure: 'https://shop.example/' } }), ['returnUrl.cancel', 'is required', 'the address of a page']],
  ['a misspelt field', given({ returnURL: 'https://shop.example/' }), ['returnURL', 'not a known field', 'write returnUrl']],
  ['options of a provider as text', given({ providerOptions: 'x' }), ['providerOptions', 'an object of JSON values', 'leave it out']],
  ['a payout to nobody', calling((payments) => payments.payout({ reference: 'p-1', amount: money('1.00', 'EUR'), customer: { id: 'c' } })), ['to', 'is required', '{ payment }, or { account }']],
  [
    'a payout to a reference',
    calling((payments) =>
      payments.payout({
        reference: 'p-1',
        amount: money('1.00', 'EUR'),
        to: { payment: 'order-1' },
        customer: { id: 'c' },
      }),
    ),
    ['to.payment', 'payment ref', 'deposit(), account() or mandate() returned'],
  ],
  [
    'a payout to bank details without a name',
    calling((payments) =>
      payments.payout({
        reference: 'p-1',
        amount: money('1.00', 'EUR'),
        to: { account: { country: 'DE', accountNumber: 'DE89370400440532013000' } },
        customer: { id: 'c', lastName: 'B' },
      }),
    ),
    ['customer.firstName', 'is required', 'pass a string'],
  ],
  ['a charge of nothing', calling((payments) => payments.charge({ reference: 'c-1', amount: money('1.00', 'EUR'), customer: { id: 'c', email: 'a@b.example' } })), ['from', 'is required', 'an object with payment']],
  ['`active` that returns a typo', async () => (await opened({ active: () => 'bnak' })).begin('order-1'), ['rail_missing', 'Rail bnak is not configured', '`active` returned it: write bank']],
  ['`active` that returns nothing', async () => (await opened({ active: () => undefined })).begin('order-1'), ['active', 'returned nothing', 'return one of bank']],
  ['`active` that returns a promise', async () => (await opened({ active: async () => 'bank' })).begin('order-1'), ['active', 'returned a promise', 'return one of bank']],
  [
    '`active` that throws',
    async () =>
      (
        await opened({
          active: () => {
            throw new Error('marked')
          },
        })
      ).begin('order-1'),
    ['active', 'threw an error', 'return the name of a rail'],
  ],
]

const commands: readonly Mistake[] = [
  ['a refund of a checkout instead of its payment', refunding({ payment: { payment: 'rs1.bank.deposit.order-1.1' } }), ['payment', "deposit's payment ref", 'deposit() or getDeposit() returned']],
  ['a refund by reference', refunding({ payment: 'order-1' }), ['payment', "deposit's payment ref", 'deposit() or getDeposit() returned']],
  [
    'a refund before the credit',
    async () => {
      const { payments, begin } = await opened()
      const { payment } = await begin('order-1')
      return payments.refund({ payment, reference: 'refund-1', amount: money('10.00', 'EUR') })
    },
    ['exceeds_refundable', 'The deposit is pending', 'Wait for `deposit.credited`'],
  ],
  ['a refund of too much', refunding({ amount: money('249.91', 'EUR') }), ['exceeds_refundable', 'At most 249.90 EUR', '`refundable`']],
  ['a refund in another currency', refunding({ amount: money('10.00', 'SEK') }), ['exceeds_refundable', 'The deposit is in EUR, and the refund is in SEK', 'in EUR']],
  ['a refund with the reference of its deposit', refunding({ reference: 'order-1' }), ['conflict', 'order-1', 'new reference']],
  ['a refund of a deposit that does not exist', refunding({ payment: 'rs1.bank.deposit.nobody.1' }), ['not_found', 'not stored', 'getDeposit() returned']],
  ['a refund on a rail that was removed', refunding({ payment: 'rs1.old.deposit.order-1.1' }), ['rail_missing', 'Rail old is not configured', '`providers.old` or RAILSWITCH_RAILS']],
  [
    'the same reference for another amount',
    async () => {
      const { payments, begin } = await opened()
      await begin('order-1')
      return payments.deposit({ ...deposit, amount: money('1.00', 'EUR') })
    },
    ['conflict', 'already used by another deposit request: its `amount` is 249.90 EUR, not 1.00 EUR', 'attempt: 2'],
  ],
  ['a second checkout of a paid deposit', async () => (await paid()).payments.deposit({ ...deposit, attempt: 2 }), ['conflict', 'already credited', 'new reference']],
  ['getDeposit of text', calling((payments) => payments.getDeposit('order-1')), ['input', '{ reference } or { payment }', "{ reference: 'order-1' }"]],
  ['getDeposit of nothing', calling((payments) => payments.getDeposit()), ['input', '{ reference } or { payment }', "{ reference: 'order-1' }"]],
  ['getDeposit of an empty object', calling((payments) => payments.getDeposit({})), ['not_found', 'not named', '{ reference } or { payment }']],
  ['getDeposit of an empty reference', calling((payments) => payments.getDeposit({ reference: '' })), ['reference', 'must not be empty', "{ reference: 'order-1' }"]],
  ['getDeposit of a reference as a ref', calling((payments) => payments.getDeposit({ payment: 'order-1' })), ['not_found', 'order-1 was not found', '{ reference }']],
  ['getPayout of a deposit', async () => (await paid()).payments.getPayout({ reference: 'order-1' }), ['not_found', 'order-1 was not found', 'getDeposit()']],
  ['getAccount of nothing', calling((payments) => payments.getAccount(null)), ['input', '{ reference } or { payment }', "{ reference: 'order-1' }"]],
  ['erasePersonalData of text', calling((payments) => payments.erasePersonalData('order-1')), ['input', '{ reference } or { payment }', "{ reference: 'order-1' }"]],
  [
    'erasing an open payment',
    async () => {
      const { payments, begin } = await opened()
      await begin('order-1')
      return payments.erasePersonalData({ reference: 'order-1' })
    },
    ['conflict', 'still open', 'when its money no longer moves'],
  ],
  ['approve without an argument', calling((payments) => payments.approve()), ['payment', 'is required', '{ payment }']],
  ['approve of a ref itself', calling((payments) => payments.approve('rs1.bank.withdrawal.out-1.1')), ['payment', 'is required', '{ payment }']],
  ['deny of a withdrawal that does not exist', calling((payments) => payments.deny({ payment: 'rs1.bank.withdrawal.nobody.1' })), ['not_found', 'withdrawal was not found', '`withdrawal.requested`']],
  [
    'approve before the customer has asked',
    async () => {
      const { payments } = await opened()
      const { payment } = await payments.withdrawal({ ...deposit, reference: 'out-1' })
      return payments.approve({ payment })
    },
    ['conflict', 'The withdrawal is pending', '`withdrawal.requested`'],
  ],
  [
    'cancelCharge of a checkout',
    async () => {
      const { payments, payment } = await paid()
      return payments.cancelCharge({ payment })
    },
    ['not_found', 'charge was not found', 'charge() returned'],
  ],
  ['cancelCharge without an argument', calling((payments) => payments.cancelCharge()), ['payment', 'is required', '{ payment }']],
  ['importPayment of nothing', calling((payments) => payments.importPayment()), ['deposit', 'is required', 'a deposit, a refund or a payout']],
  ['an import of null', calling((payments) => payments.importPayment({ deposit: null })), ['deposit', 'must be an object', 'vendorIds']],
  [
    'an import with one vendor id',
    calling((payments) =>
      payments.importPayment({
        deposit: { reference: 'a', amount: money('1', 'EUR'), vendorId: '7', rail: 'bank', state: 'credited' },
        by: 'Ada',
        why: 'x',
      }),
    ),
    ['deposit.vendorId', 'not a known field', 'write vendorIds'],
  ],
  [
    'an import with a vendor id outside a list',
    calling((payments) =>
      payments.importPayment({
        deposit: { reference: 'a', amount: money('1', 'EUR'), vendorIds: '7', rail: 'bank', state: 'credited' },
        by: 'Ada',
        why: 'x',
      }),
    ),
    ['deposit.vendorIds', 'a list of at least one id', "['"],
  ],
  [
    'an import of an unknown rail',
    calling((payments) =>
      payments.importPayment({
        payout: { reference: 'a', amount: money('1', 'EUR'), vendorIds: ['7'], rail: 'bnak' },
        by: 'Ada',
        why: 'x',
      }),
    ),
    ['payout.rail', 'configured rail', 'write bank'],
  ],
  [
    'an import by nobody',
    calling((payments) =>
      payments.importPayment({
        deposit: { reference: 'a', amount: money('1', 'EUR'), vendorIds: ['7'], rail: 'bank', state: 'credited' },
      }),
    ),
    ['by', '1 to 200 characters', 'who imports it'],
  ],
  ['resolveReview of nothing', calling((payments) => payments.resolveReview()), ['review', 'is required', 'a review, a deposit, a refund or a payout']],
  ['an outcome that does not exist', calling((payments) => payments.resolveReview({ refund: 'rs1.bank.refund.r-1.1', as: 'paid', by: 'Ada', why: 'x' })), ['as', 'not an outcome of a refund', 'confirmed or failed']],
  ['an outcome of another kind', calling((payments) => payments.resolveReview({ deposit: 'rs1.bank.deposit.order-1.1', as: 'confirmed', by: 'Ada', why: 'x' })), ['as', 'not an outcome of a deposit', 'credited']],
  ['a review that is not open', calling((payments) => payments.resolveReview({ review: 'x', by: 'Ada', why: 'x' })), ['not_found', 'No open review', 'listReviews()']],
  ['a limit as text', calling((payments) => payments.sync({ limit: '10' })), ['limit', 'a whole number', '1000']],
  ['a limit of zero', calling((payments) => payments.sync({ limit: 0 })), ['limit', 'a whole number', '1000']],
  ['requirements of an unknown operation', calling((payments) => payments.requirements('deposits', { country: 'SE', currency: 'SEK' })), ['operation', 'not an operation', 'deposit, refund']],
  ['requirements without a market', calling((payments) => payments.requirements('deposit')), ['market', 'a country and a currency', "{ country: 'SE'"]],
  ['native of an unknown rail', calling((payments) => payments.native('bnak', 'trustly-direct')), ['rail_missing', 'Rail bnak is not configured', 'write bank']],
  ['native of another provider', calling((payments) => payments.native('bank', 'trustly-direct')), ['unsupported', 'Rail bank is bank, not trustly-direct', 'the provider that it uses']],
  ['on() without handlers', async () => (await opened({}, null)).payments.on(undefined as Anything), ['handlers', 'must be an object', "'deposit.credited'"]],
  ['on() twice', calling((payments) => payments.on(handlers)), ['handler_missing', 'already set the event handlers', 'payments.on() once']],
  ['a misspelt event', async () => await opened({}, { ...handlers, 'deposit.credit': () => {} }), ['deposit.credit', 'not an event', 'write deposit.credited']],
  ['no handler for reversals', async () => await opened({}, { 'deposit.credited': () => {} }), ['deposit.reversed', 'any deposit can be reversed', "add 'deposit.reversed': () => ({ recovered: false })"]],
  ['an event in camel case', async () => await opened({}, { depositCredited: () => {} }), ['depositCredited', 'not an event', 'write deposit.credited']],
  ['a handler that was called', async () => await opened({}, { ...handlers, 'deposit.credited': Promise.resolve() }), ['deposit.credited', 'must be a function', 'pass a handler']],
  [
    'a deposit on a rail that asks, without handlers',
    async () => {
      const rail = { ...versatileBank().rail, questions: { deposit: ['deposit.reversed'] } }
      return (await opened({ providers: { bank: rail } }, null)).begin('order-1')
    },
    ['handler_missing', 'deposit.reversed', 'payments.on()'],
  ],
  [
    'a call after close()',
    async () => {
      const { payments, begin } = await opened()
      await payments.close()
      return begin('order-1')
    },
    ['closed', 'close() was called', 'another process'],
  ],
]

export const mistakes = { configuration, environment, stores, inputs, commands }
