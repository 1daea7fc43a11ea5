/** Updates the parts marked `data-live`: fetches the page again and replaces what changed, except a part with the focus
 *  or with unsaved input. Without script the page has to be reloaded. */
export const liveScript = `
const everyMs = 1500
const shown = new Map([...document.querySelectorAll('[data-live]')].map((part) => [part, part.innerHTML]))
const isBusy = (part) =>
  part.contains(document.activeElement) || [...part.querySelectorAll('input')].some((input) => input.value !== input.defaultValue)
const swap = (part, markup) => {
  const open = [...part.querySelectorAll('details[open]')].map(({ id }) => id)
  part.innerHTML = markup
  shown.set(part, markup)
  for (const id of open) document.getElementById(id)?.setAttribute('open', '')
}
const refresh = async () => {
  const response = await fetch(location.href)
  if (response.status >= 500) throw new Error('HTTP ' + response.status)
  const fresh = new DOMParser().parseFromString(await response.text(), 'text/html')
  for (const [part, markup] of shown) {
    const next = fresh.getElementById(part.id)?.innerHTML ?? markup
    if (next !== markup && !isBusy(part)) swap(part, next)
  }
}
const follow = async () => {
  const sign = document.getElementById('live')
  const problem = document.hidden ? undefined : await refresh().then(() => undefined, (error) => error)
  const text = problem ? 'No response from the sandbox' : 'Live'
  if (sign.textContent !== text) sign.textContent = text
  setTimeout(follow, everyMs)
}
follow()
`
