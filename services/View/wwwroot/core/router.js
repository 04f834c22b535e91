// One page at a time, named by what follows # in the address: #/book/jeju-ocean?nights=2
import { show } from './dom.js'
import { filled } from './filled.js'

let leave = new AbortController()

export const path = (page, values = {}) => {
  const query = new URLSearchParams(Object.entries(values).filter(([, value]) => value !== undefined && value !== '')).toString()
  return `#/${page}${query ? `?${query}` : ''}`
}

export const here = () => {
  const [page, query = ''] = location.hash.replace(/^#\/?/, '').split('?')
  const [name = '', ...rest] = page.split('/').map(decode)
  return { name, rest, query: Object.fromEntries(new URLSearchParams(query)) }
}

const decode = text => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text // somebody has written a % by hand
  }
}

export const go = to => { location.hash = to }

/** Remembers what was chosen on this page, without leaving it. */
export const remember = to => history.replaceState(null, '', to)

/** Shows the page of the address in main, now and whenever it changes. A page is told by a signal when it is left. */
export function start(main, pages, changed) {
  const render = async moved => {
    leave.abort()
    leave = new AbortController()
    const { signal } = leave
    const { name, rest, query } = here()
    const page = Object.hasOwn(pages, name) ? name : ''
    const content = await pages[page]({ rest, query, signal })
    if (signal.aborted) return
    const refill = moved ? () => {} : filled(main)
    show(main, content)
    refill()
    changed(page)
    if (!moved) return
    scrollTo(0, 0)
    main.querySelector('h1')?.focus({ preventScroll: true })
  }
  addEventListener('hashchange', () => render(true))
  render(false)
  return () => render(false)
}
