/** Why a step was not taken, and the field to blame. */
export type Problem = { readonly problem: string; readonly field?: string }

/** A step that was not taken, with what was filled in. */
export type Failed = Problem & { readonly fields: URLSearchParams }
