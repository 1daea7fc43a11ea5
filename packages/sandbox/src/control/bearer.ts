import { createHash, timingSafeEqual } from 'node:crypto'

/** Says whether an Authorization header carries the token. The comparison takes the same time for every header. */
export const createBearerCheck = (token: string): ((authorization: string | undefined) => boolean) => {
  const wanted = digest(`Bearer ${token}`)
  return (authorization = '') => timingSafeEqual(digest(authorization.replace(/^bearer /i, 'Bearer ')), wanted)
}

const digest = (text: string): Uint8Array => createHash('sha256').update(text).digest()
