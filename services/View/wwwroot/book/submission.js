// Sends one order once: a second click waits for the first, and what gets no answer is sent again under the same key.
import { Problem } from '../core/hal.js'
import { t } from '../core/texts.js'

// the order itself was not decided on: its key stays
const UNDECIDED = ['network', 'unavailable', 'overloaded', 'too_many_requests']

// not randomUUID: a page that comes without TLS from another machine has none
const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, '0')).join('')

export function submission(button, post) {
  let key = newKey()
  let sending = false
  let waiting

  // not the attribute disabled: who used the keyboard stays where he is
  const label = (text, barred = false) => {
    button.textContent = text
    button.setAttribute('aria-disabled', barred)
    button.classList.toggle('busy', sending)
  }

  return {
    /** Another order gets another key. */
    changed() { key = newKey() },

    /** What was booked, or the problem; nothing while an earlier click is on its way, or must wait. */
    async send() {
      if (button.getAttribute('aria-disabled') === 'true') return null
      sending = true
      label(t('order.sending'), true)
      try {
        return { booked: await post({ 'idempotency-key': key }) }
      } catch (problem) {
        if (!(problem instanceof Problem)) throw problem
        if (!UNDECIDED.includes(problem.kind)) key = newKey()
        return { problem }
      } finally {
        sending = false
        label(t('order.submit'))
      }
    },

    /** Lets so many seconds pass before the next try. */
    wait(seconds, signal) {
      clearInterval(waiting)
      if (!seconds) return
      const end = Date.now() + seconds * 1000
      const tick = () => {
        const left = Math.ceil((end - Date.now()) / 1000)
        if (left > 0 && !signal.aborted) return label(t('order.again', { n: left }), true)
        clearInterval(waiting)
        label(t('order.retry'))
      }
      waiting = setInterval(tick, 1000)
      tick()
    },
  }
}
