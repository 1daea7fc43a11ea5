/** Compares texts by UTF-16 code units, for `sort`. Independent of the locale. */
export const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
