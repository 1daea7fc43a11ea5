import { isIP } from 'node:net'
import { isLoopback } from './web-address.ts'

/** Says whether a Host header names this server. A web page can make a browser send requests here under a name of its
 *  own (DNS rebinding), and would then read the answers: such a name is refused. On loopback only loopback names are
 *  taken; elsewhere any IP address too, which cannot be rebound, and the names that were allowed. */
export const createHostGuard = (
  host: string,
  hostNames: readonly string[],
): ((header: string | undefined) => boolean) => {
  const listensToOthers = !isLoopback(`http://${isIP(host) === 6 ? `[${host}]` : host}`)
  const names = new Set([host, ...hostNames].map((name) => name.toLowerCase()))
  return (header = '') => {
    const address = `http://${header}`
    if (/[\s/?#@\\]/.test(header) || !URL.canParse(address)) return false
    const { hostname } = new URL(address)
    if (isLoopback(address) || names.has(hostname)) return true
    return listensToOthers && isIP(hostname.replace(/^\[|\]$/g, '')) !== 0
  }
}
