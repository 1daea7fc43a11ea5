/**
 * What railswitch uses of a schema of zod. Exported declarations name this type instead of zod's, so that an application needs no zod to
 * compile.
 */
export interface Schema<A> {
  safeParse(
    value: unknown,
  ):
    | { readonly success: true; readonly data: A; readonly error?: undefined }
    | { readonly success: false; readonly data?: undefined; readonly error: SchemaError }
}

/** A schema of an object. Its shape contains a schema of zod for each member. */
export interface ObjectSchema extends Schema<unknown> {
  readonly shape: Readonly<Record<string, unknown>>
}

/** An error of zod. */
export interface SchemaError {
  readonly issues: readonly {
    readonly code?: string | undefined
    readonly message: string
    readonly path: readonly PropertyKey[]
  }[]
}
