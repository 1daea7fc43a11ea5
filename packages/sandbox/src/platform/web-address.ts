import { isIP } from 'node:net'

/** True for an absolute http or https address. */
export const isWebAddress = (text: string): boolean => /^https?:\/\/\S+$/i.test(text) && URL.canParse(text)

/** True for an address on this machine. */
export const isLoopback = (text: string): boolean => {
  const host = URL.canParse(text) ? new URL(text).hostname : ''
  return host === 'localhost' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host)
}

/** Decides whether a Host header names this server. A web page can make a browser send requests here under a host name
 *  of its own and read the responses (DNS rebinding), so such a name is refused. On loopback only loopback names are
 *  accepted; elsewhere also any IP address, which cannot be rebound, and the names in `hostNames`. */
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
