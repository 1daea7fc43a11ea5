import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type ReceivedCallback, writeCallback } from '../callback/saved-callback.ts'
import { UsageError } from '../errors.ts'

/** Writes a callback of a rail to a file of its own, and resolves with the file. */
export type SaveCallback = (rail: string, callback: ReceivedCallback) => Promise<string>

/** Creates the folder, which only this user can open. */
export const callbackFolder = async (folder: string): Promise<SaveCallback> => {
  await mkdir(folder, { recursive: true, mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`The folder ${folder} cannot be created (${error.code}): name another one with --save.`)
  })
  let count = 0
  return async (rail, callback) => {
    count += 1
    const time = (callback.receivedAt ?? '').replaceAll(':', '-')
    const file = join(folder, `${time}-${rail}-${count}.json`)
    await writeCallback(file, callback)
    return file
  }
}
