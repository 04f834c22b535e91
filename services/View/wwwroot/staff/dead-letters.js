// Events that a service could not handle, and why; they can be sent again.
import { el, repeat, show } from '../core/dom.js'
import { notice, reason } from '../core/failure.js'
import { dayAndTime } from '../core/format.js'
import { entryDocument, follow, items, offers } from '../core/hal.js'
import { t } from '../core/texts.js'

const PAUSE = 5_000
const SHOWN = 50

export async function deadLetters({ signal }) {
  const list = el('div', {})
  const said = el('div', { 'aria-live': 'polite' })
  const opened = new Set()
  const draw = async () => {
    const letters = items(await follow(await entryDocument(), 'dead-letters', { size: SHOWN }, { signal }), 'dead-letters')
    show(list, letters.length === 0 ? el('p', { class: 'empty' }, t('dead.none')) : el('ul', { class: 'rows letters' }, letters.map(row)))
  }
  const row = letter => el('li', { 'data-letter': letter.id, 'data-status': letter.status },
    el('div', {}, el('strong', {}, letter.event ?? t('dead.unreadable')), el('span', { class: 'line' }, `${letter.app} · ${dayAndTime(letter.time)}`)),
    el('div', { class: 'why' }, letter.reason, el('span', { class: 'line' }, t('dead.attempts', { n: letter.attempts }))),
    el('details', { open: opened.has(letter.id), ontoggle: event => opened[event.target.open ? 'add' : 'delete'](letter.id) },
      el('summary', { 'data-focus': `message-${letter.id}` }, t('dead.message')), el('pre', { tabindex: 0 }, JSON.stringify(letter.message, null, 2))),
    offers(letter, 'replay')
      ? el('button', { class: 'button', type: 'button', 'data-focus': letter.id, onclick: () => replay(letter) }, t('dead.replay'))
      : el('span', { class: 'status' }, t('dead.replayed')))
  const replay = async letter => {
    try {
      await follow(letter, 'replay')
      show(said, notice('good', t('dead.done', { topic: letter.topic })))
    } catch (problem) {
      show(said, notice('bad', reason(problem)))
    }
    draw().catch(() => {})
  }
  await repeat(PAUSE, signal, draw)
  return el('div', { class: 'panel' }, el('p', { class: 'lead' }, t('dead.lead')), said, list)
}
