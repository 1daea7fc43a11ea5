/** What a rule means that does not say how long. */
export const usualDelayMs = 1000
export const usualDays = 3
