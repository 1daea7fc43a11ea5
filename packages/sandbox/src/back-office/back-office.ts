import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { Operator } from '../operator/operator.ts'
import { html } from '../platform/html.ts'
import type { HttpRequest, HttpResponse, Route } from '../platform/routes.ts'
import { backOfficePage, backOfficePath } from './back-office-page.ts'
import { chaosPart } from './chaos-part.ts'
import { clockPart } from './clock-part.ts'
import { createControls } from './controls.ts'
import { overviewPage } from './overview-page.ts'
import { paymentPage } from './payment-page.ts'
import { perform } from './perform.ts'

/** The operator's pages. A form is accepted only with the token of the pages, which no other site can read. */
export const createBackOffice = (operator: Operator): readonly Route[] => {
  const views = operator.vendors.map((vendor) => vendor.view)
  const token = randomBytes(16).toString('hex')
  const controls = createControls(token)
  const show = (path: string, problem?: string): HttpResponse => {
    const clock = clockPart(operator.clock, controls)
    if (path === backOfficePath)
      return overviewPage({ views, clock, chaos: chaosPart(operator, controls), controls, problem })
    const [vendor = '', id = ''] = path.slice(`${backOfficePath}/payments/`.length).split('/')
    const view = views.find((candidate) => candidate.id === vendor)
    const payment = view?.payments().find((candidate) => candidate.id === id)
    return view && payment ? paymentPage({ view, payment, clock, controls, problem }) : notFound()
  }
  const handle = async ({ method, path, body }: HttpRequest): Promise<HttpResponse> => {
    if (method !== 'POST') return show(path)
    const fields = new URLSearchParams(new TextDecoder().decode(body))
    if (!isSame(fields.get('token') ?? '', token)) return forbidden()
    const problem = await perform(operator, fields).then(
      () => undefined,
      (error) => (error instanceof Error ? error.message : 'The action failed.'),
    )
    return problem === undefined ? seeOther(path, fields) : show(path, problem)
  }
  const methods = ['GET', 'POST']
  return [
    { path: backOfficePath, methods, handle },
    { path: `${backOfficePath}/`, methods, handle },
  ]
}

// Scrolls to the part of the page that has the button.
const seeOther = (path: string, fields: URLSearchParams): HttpResponse => {
  const wasBelow = ['redeliver', 'hold-all', 'release-all'].includes(fields.get('do') ?? '')
  const part = path === backOfficePath ? 'deliveries' : 'timeline'
  return { status: 303, headers: { Location: wasBelow ? `${path}#${part}` : path } }
}

const isSame = (given: string, wanted: string): boolean => {
  const [one, other] = [Buffer.from(given), Buffer.from(wanted)]
  return one.length === other.length && timingSafeEqual(one, other)
}

const notFound = (): HttpResponse =>
  backOfficePage({
    title: 'No such payment',
    status: 404,
    content: html`<h1>No such payment</h1>
<p>The address is wrong, or the sandbox was restarted and no longer has the payment.</p>`,
  })

const forbidden = (): HttpResponse =>
  backOfficePage({
    title: 'Refused',
    status: 403,
    content: html`<h1>Refused</h1>
<p>The form came from another page, or from before the sandbox was restarted. Go back to <a href="${backOfficePath}">all payments</a>.</p>`,
  })
