// The ticket: its number to be read aloud, as bars for a scanner, and on paper.
import { el } from '../core/dom.js'
import { addDays, shortDay } from '../core/format.js'
import { icon } from '../core/icons.js'
import { resortName } from '../core/names.js'
import { t } from '../core/texts.js'
import { bars } from './code39.js'

export function ticket(view) {
  const print = () => {
    node.classList.add('printed')
    window.print()
    node.classList.remove('printed')
  }
  const node = el('section', { class: 'ticket', 'aria-label': t('ticket.title') },
    el('div', {},
      el('p', { class: 'eyebrow' }, t('ticket.title')),
      el('p', { class: 'number' }, view.ticketnumber),
      el('p', { class: 'line' }, view.resortid && `${resortName(view.resortid, view.resort)} · ${shortDay(view.date)} – ${shortDay(addDays(view.date, view.nights))} · ${view.name}`)),
    el('div', { class: 'code' }, bars(view.ticketnumber, t('ticket.code', { number: view.ticketnumber }))),
    el('button', { class: 'button plain small', type: 'button', 'data-focus': 'print', onclick: print }, icon('printer'), t('ticket.print')))
  return node
}
