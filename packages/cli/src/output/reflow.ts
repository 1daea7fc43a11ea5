import width from 'fast-string-width'

/** Fills the paragraphs of a text up to the width. Headings such as `Examples:` and indented lines stay as they are. */
export const reflow = (text: string, columns: number): string => {
  const paragraphs: string[] = []
  let isOpen = false
  for (const line of text.split('\n')) {
    const isProse = line !== '' && !/^\s|^[A-Z][a-z ]*:$/.test(line)
    if (isProse && isOpen) paragraphs.push(`${paragraphs.pop()} ${line}`)
    else paragraphs.push(line)
    isOpen = isProse
  }
  return paragraphs.map((line) => (/^\s/.test(line) ? line : fill(line, columns))).join('\n')
}

const fill = (paragraph: string, columns: number): string =>
  paragraph
    .split(' ')
    .reduce<string[]>((lines, word) => {
      const last = lines.at(-1)
      if (last !== undefined && width(last) + 1 + width(word) <= columns) lines[lines.length - 1] = `${last} ${word}`
      else lines.push(word)
      return lines
    }, [])
    .join('\n')
