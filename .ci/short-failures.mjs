import { stripVTControlCharacters } from 'node:util'

// Listed before jest's own reporter: of a failure it leaves 40 lines, the first ones and the place where it happened.
const kept = { first: 25, last: 14 }
const longestLine = 300

const isTitle = (line) => /^ {2}● /.test(stripVTControlCharacters(line))

const failuresOf = (message) => {
  const failures = [[]]
  for (const line of message.split('\n')) {
    if (isTitle(line)) failures.push([])
    failures.at(-1).push(line)
  }
  return failures
}

const cutLine = (line) => (line.length > longestLine ? `${line.slice(0, longestLine)}\u001b[0m …` : line)

const cutFailure = (lines) => {
  const left = lines.length - kept.first - kept.last
  if (left <= 1) return lines.map(cutLine)
  const [first, last] = [lines.slice(0, kept.first), lines.slice(-kept.last)].map((part) => part.map(cutLine))
  return [...first, `\u001b[0m    … ${left} more lines …`, ...last]
}

export default class ShortFailures {
  onTestFileResult(_test, result) {
    if (result.failureMessage) result.failureMessage = failuresOf(result.failureMessage).flatMap(cutFailure).join('\n')
  }
}
