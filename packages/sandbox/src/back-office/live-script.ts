import { livePath } from './paths.ts'

/** Replaces the parts of a page that the sandbox reports as changed, lets the clock tick, and copies texts. A part with the
 *  focus or with unsaved input waits until it has neither. Without script the page has to be reloaded. */
export const liveScript = `
const status = document.getElementById('live')
const say = (text) => { if (status.textContent !== text) status.textContent = text }

const waiting = new Map()
const isBusy = (part) =>
  part.contains(document.activeElement) || [...part.querySelectorAll('input[type=text]')].some((input) => input.value !== input.defaultValue)
const swap = (part, { hash, markup }) => {
  const open = [...part.querySelectorAll('details[open]')].map(({ id }) => id)
  part.innerHTML = markup
  part.dataset.live = hash
  for (const id of open) document.getElementById(id)?.setAttribute('open', '')
  startClock()
}
const apply = (update) => {
  const part = document.getElementById(update.id)
  if (!part) return
  if (part.dataset.live === update.hash) waiting.delete(update.id)
  else if (isBusy(part)) waiting.set(update.id, update)
  else {
    waiting.delete(update.id)
    swap(part, update)
  }
}
const applyWaiting = () => { for (const update of [...waiting.values()]) apply(update) }
document.addEventListener('focusout', () => setTimeout(applyWaiting))

let source
const connect = () => {
  if (source) return
  source = new EventSource('${livePath}?of=' + encodeURIComponent(location.pathname + location.search))
  source.onopen = () => say('Live')
  source.onerror = () => say('No response from the sandbox')
  source.onmessage = ({ data }) => JSON.parse(data).forEach(apply)
}
const disconnect = () => {
  source?.close()
  source = undefined
}
document.addEventListener('visibilitychange', () => (document.hidden ? disconnect() : connect()))
addEventListener('pagehide', disconnect)
addEventListener('pageshow', connect)
if (!document.hidden) connect()

const day = { day: 'numeric', month: 'short', timeZone: 'UTC' }
const time = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }
const format = new Intl.DateTimeFormat('en-GB', { weekday: 'short', ...day, year: 'numeric', ...time })
let shownAt, offset
function startClock() {
  const now = document.getElementById('now')
  if (!now || now.dateTime === shownAt) return
  shownAt = now.dateTime
  offset = Date.parse(now.dateTime) - Date.now()
}
startClock()
setInterval(() => {
  const now = document.getElementById('now')
  if (now && !document.hidden) now.textContent = format.format(Date.now() + offset)
}, 1000)

document.addEventListener('click', async ({ target }) => {
  const button = target.closest('button[data-copy]')
  if (!button) return
  const text = document.getElementById(button.dataset.copy)
  try {
    await navigator.clipboard.writeText(text.textContent)
    button.textContent = 'Copied'
  } catch {
    // Browsers give no clipboard to pages of another machine without TLS.
    getSelection().selectAllChildren(text)
    button.textContent = 'Selected: copy it with the keyboard'
  }
})
`
