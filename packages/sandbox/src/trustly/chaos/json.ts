/** JSON that chaos changes. */
export type Json = string | number | boolean | null | readonly Json[] | JsonRecord
export type JsonRecord = { readonly [name: string]: Json }
