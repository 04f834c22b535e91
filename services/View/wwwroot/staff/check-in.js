// A guest has arrived: his ticket is found by its number, or by his phone, and used up.
import { el, show } from '../core/dom.js'
import { failure, notice, reason } from '../core/failure.js'
import { field } from '../core/field.js'
import { addDays, shortDay } from '../core/format.js'
import { entryDocument, follow, items, offers } from '../core/hal.js'
import { resortName } from '../core/names.js'
import { t } from '../core/texts.js'

const TICKET = /^[0-9A-Z]{4}-?[0-9A-Z]{4}-?[0-9A-Z]{4}$/i
const ONE_CALL = 50

export async function checkIn() {
  const input = el('input', { type: 'text', autocomplete: 'off', autocapitalize: 'characters', placeholder: 'ABCD-EFGH-JKLM', required: true })
  const list = el('div', {})
  const said = el('div', { 'aria-live': 'polite' })
  const draw = async () => {
    const views = await find(input.value.trim())
    show(list, views.length === 0 ? el('p', { class: 'empty' }, t('checkin.none')) : el('ul', { class: 'rows' }, views.map(row)))
  }
  const search = event => {
    event.preventDefault()
    show(said)
    if (input.value.trim()) draw().catch(problem => show(list, failure(problem)))
  }
  const row = view => el('li', { 'data-reservation': view.reservationid },
    el('div', {}, el('strong', {}, view.name), el('span', { class: 'line' }, view.ticketnumber ?? t('checkin.noTicket'))),
    el('div', {}, view.resortid && resortName(view.resortid, view.resort), el('span', { class: 'line' }, view.date && `${shortDay(view.date)} – ${shortDay(addDays(view.date, view.nights))}`)),
    el('div', {}, el('span', { class: 'status', 'data-status': view.reservationstatus }, t(`status.${view.reservationstatus}`)), el('span', { class: 'line' }, `${t('rooms', { n: view.rooms })} · ${t('persons', { n: view.persons })}`)),
    offers(view, 'check-in') ? el('button', { class: 'button', type: 'button', 'aria-label': t('checkin.doOf', { name: view.name }), onclick: () => arrive(view) }, t('checkin.do')) : el('span', {}))
  const arrive = async view => {
    try {
      await follow(view, 'check-in')
      show(said, notice('good', t('checkin.done', { name: view.name })))
      const { 'check-in': used, cancel, ...links } = view._links // used up, also while the view does not know yet
      show(list, el('ul', { class: 'rows' }, row({ ...view, reservationstatus: 'CheckedIn', _links: links })))
    } catch (problem) {
      show(said, notice('bad', reason(problem)))
    }
  }
  return el('div', { class: 'panel' },
    el('form', { class: 'lookup', role: 'search', onsubmit: search }, field('ticket', t('checkin.who'), input), el('button', { class: 'button', type: 'submit' }, t('me.find'))),
    said, list)
}

async function find(text) {
  const search = await follow(await entryDocument(), 'search')
  if (!TICKET.test(text)) return items(await follow(search, 'findByPhone', { phone: text, size: ONE_CALL }), 'views')
  const ticketnumber = text.toUpperCase().replaceAll('-', '').match(/.{4}/g).join('-')
  return items(await follow(search, 'findByTicketnumber', { ticketnumber }), 'views')
}
