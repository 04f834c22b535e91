// A month of a resort as a heat map: the more is taken of a night, the deeper its colour. A night is chosen to change its rooms.
import { el, repeat, show } from '../core/dom.js'
import { failure } from '../core/failure.js'
import { addDays, month, shortDay, today, weekday, weekdays } from '../core/format.js'
import { entryDocument, follow, items } from '../core/hal.js'
import { icon } from '../core/icons.js'
import { resortName } from '../core/names.js'
import { path, remember } from '../core/router.js'
import { t } from '../core/texts.js'
import { nightPanel } from './night.js'

const FRESH = 10_000
const FURTHEST = 730

export async function allotments({ query, signal }) {
  const resorts = items(await follow(await entryDocument(), 'resorts', { size: 500 }), 'resorts')
  let resort = resorts.find(one => one.id === query.resort) ?? resorts[0]
  let first = firstOfMonth(query.month ? `${query.month}-01` : today())
  let chosen
  const grid = el('div', {})
  const side = el('div', { class: 'side' }, el('p', { class: 'hint' }, t('allotments.choose')))
  const title = el('h2', { 'aria-live': 'polite' })

  const draw = async () => {
    const nights = await load(resort, first, signal)
    show(title, month(first))
    show(grid, calendar(first, nights, chosen, choose))
  }
  const choose = night => {
    chosen = night.date
    show(side, nightPanel(night, draw))
    draw().catch(() => {})
  }
  const move = (other, to) => {
    [resort, first, chosen] = [other, to, undefined]
    remember(path('staff/allotments', { resort: resort.id, month: first.slice(0, 7) }))
    show(side, el('p', { class: 'hint' }, t('allotments.choose')))
    draw().catch(problem => show(grid, failure(problem)))
  }
  const select = el('select', { id: 'resort', onchange: () => move(resorts.find(one => one.id === select.value), first) },
    resorts.map(one => el('option', { value: one.id, selected: one === resort }, resortName(one.id, one.resort))))
  const step = (label, sign, months) => el('button', { class: 'button plain round', type: 'button', 'aria-label': t(label), onclick: () => move(resort, otherMonth(first, months)) }, icon(sign))
  await repeat(FRESH, signal, draw)
  return el('div', { class: 'allotments' },
    el('div', { class: 'panel' },
      el('div', { class: 'bar' },
        el('div', { class: 'field' }, el('label', { for: 'resort' }, t('allotments.resort')), select),
        el('div', { class: 'months' }, step('allotments.before', 'left', -1), title, step('allotments.after', 'right', 1))),
      grid, legend()),
    side)
}

const firstOfMonth = date => `${date.slice(0, 7)}-01`

const otherMonth = (first, months) => firstOfMonth(addDays(first, months > 0 ? 31 : -1))

/** The nights of the month that can be booked, by day. */
async function load(resort, first, signal) {
  const [from, to] = [[first, today()].toSorted()[1], [addDays(otherMonth(first, 1), -1), addDays(today(), FURTHEST)].toSorted()[0]]
  if (from > to) return new Map()
  const found = await follow(resort, 'allotments', { from, to }, { signal })
  return new Map(items(found, 'allotments').map(night => [night.date, night]))
}

function calendar(first, nights, chosen, choose) {
  const days = Array.from({ length: 31 }, (_, n) => addDays(first, n)).filter(date => date.startsWith(first.slice(0, 7)))
  return el('div', { class: 'calendar', role: 'group', 'aria-label': month(first) },
    weekdays().map(name => el('span', { class: 'weekday', 'aria-hidden': 'true' }, name)),
    days.map((date, n) => cell(date, n === 0 ? weekday(date) : null, nights.get(date), date === chosen, choose)))
}

function cell(date, column, night, isChosen, choose) {
  const place = column === null ? '' : ` start-${column}`
  const number = el('span', { class: 'date' }, Number(date.slice(8)))
  if (!night) return el('span', { class: `night gone${place}` }, number)
  const heat = night.free <= 0 ? 10 : Math.min(9, Math.ceil(10 * (night.held + night.sold) / night.capacity)) // the deepest is for full alone
  return el('button', {
    class: `night heat-${heat}${place}`, type: 'button', 'data-date': date, 'data-focus': date, 'aria-pressed': `${isChosen}`,
    'aria-label': t('allotments.night', { day: shortDay(date), free: night.free, held: night.held, sold: night.sold }), onclick: () => choose(night),
  }, number, el('span', { class: 'free' }, night.free), night.held > 0 && el('span', { class: 'held' }, `+${night.held}`))
}

const legend = () => el('p', { class: 'legend' }, t('allotments.empty'),
  el('span', { class: 'scale', 'aria-hidden': 'true' }, [0, 2, 4, 6, 8, 10].map(n => el('span', { class: `night heat-${n}` }))), t('allotments.full'))
