// Follows one reservation while it moves: by server-sent events, and where they do not pass, by asking again.
import { address, follow } from './hal.js'
import { EVENTS } from './events.js'

const UNHEARD = 4_000
const PAUSE = 2_000

// a browser has six connections to a host, for all its tabs
const STREAMS = 2
let streams = 0

/** Calls changed with the view after each change, until the signal ends it. */
export function live(view, changed, signal) {
  let asking, again, timer
  const ask = async () => {
    if (asking) { again = true; return }
    asking = true
    try {
      do {
        again = false
        const now = await follow(view, 'self', {}, { signal })
        if (!signal.aborted) changed(now)
      } while (again && !signal.aborted)
    } catch { /* the next event or round asks again */ } finally { asking = false }
  }
  const poll = () => {
    clearTimeout(timer)
    if (!signal.aborted) timer = setTimeout(() => ask().then(poll), PAUSE)
  }
  if (streams >= STREAMS) return poll()
  streams++
  const stream = new EventSource(address(view, 'stream'))
  for (const event of EVENTS) stream.addEventListener(event, ask)
  stream.onopen = () => { clearTimeout(timer); ask() } // what happened before it was open
  stream.onerror = poll
  timer = setTimeout(poll, UNHEARD)
  signal.addEventListener('abort', () => {
    stream.close()
    streams--
    clearTimeout(timer)
  })
}
