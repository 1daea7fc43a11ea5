export const minuteMs = 60_000
export const hourMs = 60 * minuteMs
export const dayMs = 24 * hourMs

/** How long a call to a vendor may take. Both vendors end a call much earlier. */
export const longestCallMs = 2 * minuteMs

/** How long a payment without a final report is looked up: not every vendor reports that a checkout was abandoned. */
export const givenUpMs = 60 * dayMs
