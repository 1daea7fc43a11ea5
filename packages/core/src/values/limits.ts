export const minuteMs = 60_000
export const hourMs = 60 * minuteMs
export const dayMs = 24 * hourMs

/** How long a call to a vendor may take; both vendors give up long before. */
export const longestCallMs = 2 * minuteMs

/** How long a payment without a final report is looked up: an abandoned checkout is not ended by every vendor. */
export const givenUpMs = 60 * dayMs
