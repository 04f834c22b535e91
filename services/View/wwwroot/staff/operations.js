// How the system does: services, breakers, how much is booked and how fast, and the sagas that are under way.
import { el, repeat, show } from '../core/dom.js'
import { entryDocument, follow, items, Problem } from '../core/hal.js'
import { t } from '../core/texts.js'
import { bookingsPerMinute, ticketTimes } from './figures.js'
import { bars, fact } from './charts.js'
import { sagas } from './sagas.js'
import { services } from './services.js'

const PAUSE = 5_000
const NEWEST = 500
const MINUTES = 30

export async function operations({ signal }) {
  const [up, charts, under] = [el('div', { class: 'services' }), el('div', { class: 'charts' }), el('div', {})]
  const draw = () => Promise.allSettled([ // what cannot be had leaves the rest
    health(signal).then(found => show(up, services(found))),
    newest(signal).then(views => show(charts, bookings(views), times(views))),
    sagas(signal).then(content => show(under, content)),
  ])
  await repeat(PAUSE, signal, draw)
  return el('div', { class: 'operations' },
    el('section', { class: 'panel' }, el('h2', {}, t('ops.services')), up),
    el('section', { class: 'panel' }, el('h2', {}, t('ops.figures')), charts),
    el('section', { class: 'panel' }, el('h2', {}, t('ops.sagas')), under))
}

// null: this gateway does not tell
async function health(signal) {
  try {
    return (await follow(await entryDocument(), 'operations', {}, { signal })).services
  } catch (problem) {
    if (problem instanceof Problem) return null
    throw problem
  }
}

const newest = async signal => items(await follow(await entryDocument(), 'views', { size: NEWEST }, { signal }), 'views')

function bookings(views) {
  const counts = bookingsPerMinute(views, MINUTES, Date.now())
  const last = counts.at(-1)
  return el('figure', {}, fact(last, t('ops.perMinute')), bars(counts, t('ops.perMinuteChart', { minutes: MINUTES, n: counts.reduce((sum, n) => sum + n, 0) })), el('figcaption', {}, t('ops.lastMinutes', { n: MINUTES })))
}

function times(views) {
  const { newest, median, slowest } = ticketTimes(views)
  if (newest.length === 0) return el('figure', {}, fact('–', t('ops.toTicket')), el('figcaption', {}, t('ops.noTickets')))
  const seconds = milliseconds => t('seconds', { s: (milliseconds / 1000).toFixed(2) })
  return el('figure', {}, fact(seconds(median), t('ops.toTicket')), bars(newest, t('ops.toTicketChart', { median: seconds(median), slowest: seconds(slowest) })),
    el('figcaption', {}, t('ops.slowest', { n: newest.length, time: seconds(slowest) })))
}
