/** A member's value as written, including white space. `text` is JSON; `path` leads through objects. */
export const rawMember = (text: string, path: readonly string[]): string => {
  const open: (string | null)[] = []
  let start = -1
  for (const { 0: found, 1: name, index } of text.matchAll(token)) {
    if (name !== undefined) open[open.length - 1] = JSON.parse(name)
    else if (found === '}' || found === ']') open.pop()
    else {
      if (start === -1 && open.length === path.length && path.every((step, depth) => open[depth] === step))
        start = index
      if (found === '{' || found === '[') open.push(null)
    }
    if (start !== -1 && name === undefined && open.length === path.length)
      return text.slice(start, index + found.length)
  }
  return ''
}

// A name with its colon, a string, a bracket, or another scalar.
const token = /("(?:[^"\\]|\\.)*")\s*:|"(?:[^"\\]|\\.)*"|[{}[\]]|[^\s{}[\],:"]+/g
