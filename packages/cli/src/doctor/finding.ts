/** One result of a check. A problem and a warning have a fix. */
export interface Finding {
  readonly check: 'configuration' | 'keys' | 'environments' | 'openssl' | 'callbacks' | 'store' | 'clock' | 'vendor'
  readonly status: 'ok' | 'warning' | 'problem'
  readonly message: string
  readonly fix: string | null
}

export const ok = (check: Finding['check'], message: string): Finding => ({ check, status: 'ok', message, fix: null })

export const warning = (check: Finding['check'], message: string, fix: string): Finding => ({
  check,
  status: 'warning',
  message,
  fix,
})

export const problem = (check: Finding['check'], message: string, fix: string): Finding => ({
  check,
  status: 'problem',
  message,
  fix,
})
