export const minuteMs = 60_000
export const hourMs = 60 * minuteMs
export const dayMs = 24 * hourMs

/** The assumed largest difference between a vendor's clock and ours. */
export const clockSkewMs = 60_000

/** How long a call to a vendor may take. Both vendors end a call much earlier. */
export const longestCallMs = 2 * minuteMs

/** How long a payment without a final report is looked up. It must end, because not every vendor reports an abandoned checkout. */
export const lookUpLimitMs = 60 * dayMs
