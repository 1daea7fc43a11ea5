import { randomBytes, timingSafeEqual } from 'node:crypto'
import { desksOf, type Office } from '../operator/operator.ts'
import { html } from '../platform/html.ts'
import type { HttpAnswer, HttpRequest, Route } from '../platform/http-server.ts'
import { backOfficePage, backOfficePath } from './back-office-page.ts'
import { chaosPart } from './chaos-part.ts'
import { clockPart } from './clock-part.ts'
import { createControls } from './controls.ts'
import { overviewPage } from './overview-page.ts'
import { paymentPage } from './payment-page.ts'
import { perform } from './perform.ts'

/** The operator's pages. A form is taken only with the token that the pages carry, which no other site can read. */
export const createBackOffice = (office: Office): readonly Route[] => {
  const desks = desksOf(office)
  const token = randomBytes(16).toString('hex')
  const controls = createControls(token)
  const show = (path: string, problem?: string): HttpAnswer => {
    const clock = clockPart(office.clock, controls)
    if (path === backOfficePath)
      return overviewPage({ desks, clock, chaos: chaosPart(office, controls), controls, problem })
    const [vendor = '', id = ''] = path.slice(`${backOfficePath}/payments/`.length).split('/')
    const desk = desks.find((candidate) => candidate.id === vendor)
    const payment = desk?.payments().find((candidate) => candidate.id === id)
    return desk && payment ? paymentPage({ desk, payment, clock, controls, problem }) : notFound()
  }
  const handle = async ({ method, path, body }: HttpRequest): Promise<HttpAnswer> => {
    if (method !== 'POST') return show(path)
    const fields = new URLSearchParams(new TextDecoder().decode(body))
    if (!isSame(fields.get('token') ?? '', token)) return forbidden()
    const problem = await perform(office, fields).then(
      () => undefined,
      (error) => (error instanceof Error ? error.message : 'That did not work.'),
    )
    return problem === undefined ? seeOther(path, fields) : show(path, problem)
  }
  const methods = ['GET', 'POST']
  return [
    { path: backOfficePath, methods, handle },
    { path: `${backOfficePath}/`, methods, handle },
  ]
}

// Back to the part of the page where the button was.
const seeOther = (path: string, fields: URLSearchParams): HttpAnswer => {
  const wasBelow = ['redeliver', 'hold-all', 'release-all'].includes(fields.get('do') ?? '')
  const part = path === backOfficePath ? 'deliveries' : 'timeline'
  return { status: 303, headers: { Location: wasBelow ? `${path}#${part}` : path } }
}

const isSame = (given: string, wanted: string): boolean => {
  const [one, other] = [Buffer.from(given), Buffer.from(wanted)]
  return one.length === other.length && timingSafeEqual(one, other)
}

const notFound = (): HttpAnswer =>
  backOfficePage({
    title: 'No such payment',
    status: 404,
    content: html`<h1>No such payment</h1>
<p>The address is wrong, or the sandbox was started anew and has forgotten the payment.</p>`,
  })

const forbidden = (): HttpAnswer =>
  backOfficePage({
    title: 'Not done',
    status: 403,
    content: html`<h1>Not done</h1>
<p>The form came from another page, or from before the sandbox was started anew. Go back to <a href="${backOfficePath}">all payments</a>.</p>`,
  })
