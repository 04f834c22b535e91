// A guest's reservations and points, found by phone or reservation number.
import { el, show } from '../core/dom.js'
import { failure, notice } from '../core/failure.js'
import { field } from '../core/field.js'
import { entryDocument, follow, items, Problem } from '../core/hal.js'
import { go, path } from '../core/router.js'
import { t } from '../core/texts.js'
import { pointsPanel } from './points.js'
import { reservationCard } from './reservation.js'

const RESERVATION = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i
const SHOWN = 20

// how often a reservation that was just made is looked for again: it is there as soon as its first event is
const PATIENCE = 30
const PAUSE = 300

export async function myPage({ rest: [asked = ''], query, signal }) {
  const input = el('input', { type: 'text', autocomplete: 'tel', value: asked, required: true, placeholder: '010-0000-0000' })
  const found = el('div', { class: 'found' })
  const search = event => {
    event.preventDefault()
    const text = input.value.trim()
    if (!text) return input.focus()
    if (text === asked) return render()
    go(path(`me/${encodeURIComponent(text)}`))
  }
  const render = () => find(asked, query, signal).then(content => show(found, content), problem => show(found, failure(problem)))
  if (asked) await render()
  return el('div', { class: 'wide page me' },
    el('header', { class: 'title' }, el('h1', { tabindex: -1 }, t('me.title')), el('p', { class: 'lead' }, t('me.lead'))),
    el('form', { class: 'panel lookup', role: 'search', onsubmit: search },
      field('who', t('me.who'), input), el('button', { class: 'button', type: 'submit' }, t('me.find'))),
    found)
}

async function find(asked, query, signal) {
  const views = await reservations(asked, query.booked ? PATIENCE : 0)
  if (views.length === 0) return [notice('plain', el('p', {}, t('me.none')))]
  return [
    query.booked && notice('good', el('strong', {}, t('me.booked')), el('p', {}, t('me.bookedLine'))),
    el('div', { class: 'columns' },
      el('section', { 'aria-labelledby': 'reservations' },
        el('h2', { id: 'reservations' }, t('me.reservations', { n: views.length })),
        el('ul', { class: 'reservations' }, views.map(view => reservationCard(view, signal)))),
      await pointsPanel(views[0], signal)),
  ]
}

async function reservations(asked, patience) {
  const search = await follow(await entryDocument(), 'search')
  if (!RESERVATION.test(asked)) return items(await follow(search, 'findByPhone', { phone: asked, size: SHOWN }), 'views')
  try {
    return [await follow(search, 'findByReservationid', { reservationid: asked })]
  } catch (problem) {
    if (!(problem instanceof Problem) || problem.status !== 404) throw problem
    if (patience === 0) return []
    await new Promise(resolve => setTimeout(resolve, PAUSE))
    return reservations(asked, patience - 1)
  }
}
