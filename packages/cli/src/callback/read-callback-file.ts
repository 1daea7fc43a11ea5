import { readFile } from 'node:fs/promises'
import { UsageError } from '../errors.ts'
import { type ReceivedCallback, readCallback } from './saved-callback.ts'

/** Reads a saved callback, or the body of one: a file that contains nothing else. */
export const readCallbackFile = async (file: string): Promise<ReceivedCallback> => {
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`The callback cannot be read from ${file} (${error.code}).`)
  })
  return readCallback(bytes, file) ?? ofBody(bytes)
}

/** The content type that the vendors send with such a body. */
const ofBody = (body: Uint8Array): ReceivedCallback => {
  const isJson = /^\s*\{/.test(Buffer.from(body.subarray(0, 100)).toString('latin1'))
  const contentType = isJson ? 'application/json' : 'application/x-www-form-urlencoded'
  return { receivedAt: null, method: 'POST', path: null, headers: { 'content-type': contentType }, body }
}
