/** A currency of ISO 4217 that was replaced by another. */
export interface EndedCurrency {
  readonly currency: string
  /** The first day of the successor, ISO 8601. */
  readonly endedOn: string
  readonly successor: string
  /** The page that says so, and the day on which it was read. */
  readonly source: string
}

export const endedCurrencies: readonly EndedCurrency[] = [
  {
    currency: 'HRK',
    endedOn: '2023-01-01',
    successor: 'EUR',
    source: 'https://bcl.lu/en/Media-and-News/Press-releases/2022/07/croatia/index.html (read 2026-11-30)',
  },
  {
    currency: 'BGN',
    endedOn: '2026-01-01',
    successor: 'EUR',
    source: 'https://www.debrecensun.hu/eco/2026/01/02/bulgaria-adopts-the-euro/ (read 2026-11-30)',
  },
]

/** The end of a currency; null if it has not ended at that time. A day is that of UTC: Bulgaria and Croatia are ahead of it. */
export const endOfCurrency = (currency: string, now: Date): EndedCurrency | null =>
  endedCurrencies.find((ended) => ended.currency === currency && ended.endedOn <= now.toISOString().slice(0, 10)) ??
  null
