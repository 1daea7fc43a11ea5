import { keys } from '@railswitch/sandbox/fixtures/keys'
import { configFromEnv, createPayments, memoryStore } from 'railswitch'
import type { Anything, Mistake } from './mistake.ts'
import { secret } from './shop-config.ts'

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

export const environment: readonly Mistake[] = [
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
