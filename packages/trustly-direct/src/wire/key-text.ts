import { readFileSync, statSync } from 'node:fs'
import { type Either, left, right } from '@railswitch/core'
import { type KeyMistake, keyMistake } from './key-mistake.ts'

/** A key is about 2 KiB; a few of them, and a certificate beside them, fit. */
const largestFile = 64 * 1024

/**
 * The text of a key that is given as text, or as the path of a file, which is read now. A path is one line that neither
 * begins a PEM block nor a JWK. A mistake never repeats what was given: it may be the key.
 */
export const keyText = (given: string): Either<KeyMistake, string> => {
  if (!isPath(given.trim())) return right(given)
  try {
    const file = statSync(given.trim())
    // Anything but a file might be a device or a pipe that never ends.
    if (file.isFile() && file.size <= largestFile) return right(readFileSync(given.trim(), 'utf8'))
  } catch {}
  return left(keyMistake('file_unreadable'))
}

const isPath = (text: string): boolean => text.length > 0 && text.length <= 1_024 && !/^\{|-----BEGIN|[\r\n]/.test(text)
