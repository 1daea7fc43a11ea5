import { UsageError } from '../errors.ts'
import type { Terminal } from '../terminal.ts'
import { rotateCallbackSecret } from './rotate-callback-secret.ts'
import { rotateKey } from './rotate-key.ts'

interface Options {
  readonly privateKey?: string
  readonly finish?: true
  readonly envFile?: string
  readonly json?: true
}

export const rotate = async (
  what: 'key' | 'callback-secret',
  { privateKey, finish, envFile, json }: Options,
  terminal: Terminal,
): Promise<void> => {
  if (what === 'key') {
    if (privateKey === undefined) throw new UsageError('Pass --private-key with the file of the current key.')
    if (envFile !== undefined) throw new UsageError('--env-file belongs to callback-secret, not to a key.')
    return rotateKey({ privateKey, finish, json }, terminal)
  }
  if (envFile === undefined) throw new UsageError('Pass --env-file with the file of RAILSWITCH_CALLBACK_SECRETS.')
  if (privateKey !== undefined || finish)
    throw new UsageError('--private-key and --finish belong to a key, not to callback-secret.')
  return rotateCallbackSecret({ envFile, json }, terminal)
}
