import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { Operator } from '../operator/operator.ts'
import type { EventStream, HttpRequest, HttpResponse, Route } from '../platform/routes.ts'
import { callPage } from './call-page.ts'
import { callbackPage } from './callback-page.ts'
import { callbacksPage } from './callbacks-page.ts'
import { callsPage } from './calls-page.ts'
import { createControls } from './controls.ts'
import { type Content, createLayout } from './layout.ts'
import { liveUpdates } from './live-updates.ts'
import { noSuchPayment, refused, unknownPage } from './other-pages.ts'
import { backOfficePath, listPaths, livePath, readQuery, settingsPath } from './paths.ts'
import { paymentPage } from './payment-page.ts'
import { paymentsPage } from './payments-page.ts'
import { perform } from './perform.ts'
import { settingsPage } from './settings-page.ts'

/** The operator's pages, and the page of every unknown path. A form is accepted only with the token of the pages, which
 *  no other site can read. */
export const createBackOffice = (
  operator: Operator,
): { readonly routes: ReadonlyArray<Route<HttpResponse | EventStream>>; readonly unknownPath: HttpResponse } => {
  const token = randomBytes(16).toString('hex')
  const controls = createControls(token)
  const layout = createLayout(operator, controls)
  const contentOf = createContents(operator, controls)
  const show = (path: string, query: URLSearchParams, problem?: string): HttpResponse => {
    const content = contentOf(path, query)
    return layout({ ...content, problem })
  }
  const handle = async ({ method, path, query, body }: HttpRequest): Promise<HttpResponse> => {
    if (method !== 'POST') return show(path, query)
    const fields = new URLSearchParams(new TextDecoder().decode(body))
    if (!isSame(fields.get('token') ?? '', token)) return layout(refused)
    const problem = await perform(operator, fields).then(
      () => undefined,
      (error) => (error instanceof Error ? error.message : 'The action failed.'),
    )
    operator.changes.note()
    return problem === undefined ? seeOther(path, query) : show(path, query, problem)
  }
  const handleLive = ({ query }: HttpRequest): EventStream => {
    const [path = '', search = ''] = (query.get('of') ?? '').split('?', 2)
    return liveUpdates({ render: () => show(path, new URLSearchParams(search)), changes: operator.changes })
  }
  const methods = ['GET', 'POST']
  return {
    routes: [
      { path: '/', methods: ['GET'], handle: () => redirect(302, backOfficePath) },
      { path: livePath, methods: ['GET'], handle: handleLive },
      { path: backOfficePath, methods, handle },
      { path: `${backOfficePath}/`, methods, handle },
    ],
    unknownPath: layout(unknownPage),
  }
}

/** Finds the content of a page by its path. */
const createContents =
  (operator: Operator, controls: Parameters<typeof createLayout>[1]) =>
  (path: string, fields: URLSearchParams): Content => {
    const views = operator.vendors.map((vendor) => vendor.view)
    const query = readQuery(fields)
    if (path === listPaths.payments) return paymentsPage(views, query)
    if (path === listPaths.callbacks) return callbacksPage(views, query, controls)
    if (path === listPaths.calls) return callsPage(views, query)
    if (path === settingsPath) return settingsPage(operator, controls)
    const [list = '', vendorId = '', id = ''] = path.slice(`${backOfficePath}/`.length).split('/')
    const vendor = operator.vendors.find(({ view }) => view.id === vendorId)
    if (!vendor) return unknownPage
    const { view } = vendor
    if (list === 'payments') {
      const payment = view.payment(id)
      return payment ? paymentPage(vendor, payment, controls) : noSuchPayment
    }
    if (list === 'callbacks') {
      const callback = view.callback(id)
      return callback ? callbackPage(view, callback, controls) : unknownPage
    }
    const call = list === 'calls' ? view.call(id) : undefined
    return call ? callPage(view, call) : unknownPage
  }

const seeOther = (path: string, query: URLSearchParams): HttpResponse =>
  redirect(303, query.size === 0 ? path : `${path}?${query}`)

const redirect = (status: number, location: string): HttpResponse => ({ status, headers: { Location: location } })

const isSame = (given: string, wanted: string): boolean => {
  const [one, other] = [Buffer.from(given), Buffer.from(wanted)]
  return one.length === other.length && timingSafeEqual(one, other)
}
