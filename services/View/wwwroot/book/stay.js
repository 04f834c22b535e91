// The stay that is looked for: when, how long, how many. It is kept in the address, so that it can be sent to somebody.
import { el } from '../core/dom.js'
import { field } from '../core/field.js'
import { addDays, today } from '../core/format.js'
import { t } from '../core/texts.js'

const LIMITS = { nights: [1, 30], rooms: [1, 20], persons: [1, 120] }
const AHEAD = 30
const FURTHEST = 730
const PAUSE = 200

export const stayOf = query => ({
  date: /^\d{4}-\d\d-\d\d$/.test(query.date ?? '') ? query.date : addDays(today(), AHEAD),
  nights: whole(query.nights, 'nights', 2),
  rooms: whole(query.rooms, 'rooms', 1),
  persons: whole(query.persons, 'persons', 2),
})

export const checkout = stay => addDays(stay.date, stay.nights)

/** The fields of a stay; changed is called with each new one at once, and settled a moment after the last. */
export function stayFields(stay, changed, settled) {
  let timer
  const numeric = name => el('input', { type: 'number', inputmode: 'numeric', min: LIMITS[name][0], max: LIMITS[name][1], required: true, value: stay[name] })
  const inputs = {
    date: el('input', { type: 'date', min: today(), max: addDays(today(), FURTHEST), required: true, value: stay.date }),
    nights: numeric('nights'), rooms: numeric('rooms'), persons: numeric('persons'),
  }
  const read = () => {
    const chosen = stayOf(Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, input.value])))
    if (!inputs.date.value) return
    changed(chosen)
    clearTimeout(timer)
    timer = setTimeout(() => settled().catch(() => {}), PAUSE)
  }
  for (const input of Object.values(inputs)) input.addEventListener('input', read)
  return el('div', { class: 'stay' }, Object.entries(inputs).map(([name, input]) => field(name, t(`field.${name}`), input)))
}

function whole(text, name, otherwise) {
  const value = Number(text)
  const [least, most] = LIMITS[name]
  return Number.isInteger(value) && value >= least && value <= most ? value : otherwise
}
