// Bookings and cancellations that are under way. One that nothing was heard of for a while is stuck, unless it waits for a deposit.
import { el } from '../core/dom.js'
import { dayAndTime, time } from '../core/format.js'
import { items } from '../core/hal.js'
import { path } from '../core/router.js'
import { t } from '../core/texts.js'
import { byStatus } from './by-status.js'

const RUNNING = ['Requested', 'Held', 'AwaitingDeposit', 'Paid', 'Cancelling']
const SILENCE = 60_000
const opened = new Set()

export async function sagas(signal) {
  const found = await byStatus(RUNNING, signal, 50)
  const views = items(found, 'views')
  const stuck = views.filter(isStuck)
  if (views.length === 0) return el('p', { class: 'empty' }, t('sagas.none'))
  return [
    el('p', { class: 'lead' }, t('sagas.count', { n: found.page.totalElements, stuck: stuck.length })),
    el('ul', { class: 'rows sagas' }, [...stuck, ...views.filter(view => !stuck.includes(view))].map(row)),
  ]
}

const isStuck = view => view.reservationstatus === 'AwaitingDeposit'
  ? Date.parse(view.depositdeadline) + SILENCE < Date.now()
  : Date.parse(view.timeline.at(-1)?.time) + SILENCE < Date.now()

const row = view => el('li', { 'data-reservation': view.reservationid, 'data-stuck': `${isStuck(view)}` },
  el('div', {}, el('strong', {}, t(view.reservationstatus === 'Cancelling' ? 'sagas.cancellation' : 'sagas.booking')),
    el('span', { class: 'line' }, view.timeline.length > 0 && t('sagas.since', { time: dayAndTime(view.timeline[0].time) }))),
  el('div', {}, el('span', { class: 'status', 'data-status': view.reservationstatus }, t(`status.${view.reservationstatus}`)), isStuck(view) && el('span', { class: 'sign bad' }, t('sagas.stuck'))),
  el('details', { open: opened.has(view.reservationid), ontoggle: event => opened[event.target.open ? 'add' : 'delete'](view.reservationid) },
    el('summary', { 'data-focus': `history-${view.reservationid}` }, t('sagas.history')),
    el('ol', { class: 'history' }, view.timeline.map(entry => el('li', {}, el('time', { datetime: entry.time }, time(entry.time)), ' ', t(`event.${entry.event}`))))),
  el('a', { class: 'button plain small', href: path(`me/${view.reservationid}`) }, t('sagas.look')))
