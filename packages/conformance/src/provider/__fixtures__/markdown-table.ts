/** A table with padded cells, as the formatter writes it. */
export const markdownTable = (heads: readonly string[], rows: readonly (readonly string[])[]): readonly string[] => {
  const lines = [heads, ...rows.map((cells) => cells.map((cell) => cell.replaceAll('|', '\\|')))]
  const widths = heads.map((_, column) => Math.max(3, ...lines.map((cells) => (cells[column] ?? '').length)))
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`
  const [first = [], ...others] = lines
  return [line(first), line(widths.map((width) => '-'.repeat(width))), ...others.map(line)]
}
