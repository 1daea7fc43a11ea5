import { type OpenQuestion, openQuestions } from './open-questions.ts'

type Questions = typeof openQuestions

/** An answer to each open question. */
export type PayablAssumptions = {
  readonly [Name in keyof Questions]: Questions[Name] extends OpenQuestion<infer Answer> ? Answer : never
}

/** The default answers, except for those given. Throws on an unknown question or answer. */
export const assume = (others: Partial<PayablAssumptions>): PayablAssumptions => {
  const usual = Object.fromEntries(Object.entries(openQuestions).map(([name, question]) => [name, question.usual]))
  for (const [name, answer] of Object.entries(others)) checkAnswer(name, answer)
  return { ...(usual as PayablAssumptions), ...others }
}

interface Question {
  readonly usual: unknown
  readonly others: readonly unknown[]
  readonly accepts?: (answer: never) => boolean
}

const checkAnswer = (name: string, answer: unknown): void => {
  const question: Question | undefined = new Map<string, Question>(Object.entries(openQuestions)).get(name)
  if (!question) throw new Error(`payabl leaves no question ${name} open.`)
  const known: readonly unknown[] = [question.usual, ...question.others]
  if (question.others.length > 0 && !known.includes(answer)) throw new Error(`${name} is ${known.join(' or ')}.`)
  if (question.others.length === 0 && typeof answer !== typeof question.usual)
    throw new Error(`${name} is a ${typeof question.usual}.`)
  if (question.accepts?.(answer as never) === false) throw new Error(`${name} cannot be ${answer}.`)
}
