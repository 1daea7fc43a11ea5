export const isWebAddress = (text: string): boolean => /^https?:\/\/\S+$/i.test(text) && URL.canParse(text)

/** True for an address that cannot leave this machine. */
export const isLoopback = (text: string): boolean => {
  const host = URL.canParse(text) ? new URL(text).hostname : ''
  return host === 'localhost' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host)
}
