// The first page: a stay is chosen, and every resort says whether it has rooms and what it costs.
import { el, repeat, show } from '../core/dom.js'
import { money } from '../core/format.js'
import { entryDocument, follow, items } from '../core/hal.js'
import { regionName, resortLine, resortName } from '../core/names.js'
import { picture } from '../core/picture.js'
import { path, remember } from '../core/router.js'
import { t } from '../core/texts.js'
import { stayFields, stayOf } from './stay.js'

const FRESH = 15_000

export async function resortsPage({ query, signal }) {
  let stay = stayOf(query)
  const resorts = items(await follow(await entryDocument(), 'resorts', { size: 500 }), 'resorts')
  const cards = resorts.map(resort => card(resort))
  const refresh = () => Promise.all(cards.map(one => one.ask(stay, signal)))
  const chosen = now => {
    stay = now
    remember(path('', stay))
    cards.forEach(one => one.aim(stay))
  }
  cards.forEach(one => one.aim(stay))
  repeat(FRESH, signal, refresh).catch(() => {})
  return [
    el('section', { class: 'hero' }, el('div', { class: 'wide' },
      el('p', { class: 'eyebrow' }, t('book.eyebrow')),
      el('h1', { tabindex: -1 }, t('book.title')),
      el('p', { class: 'lead' }, t('book.lead')),
      el('form', { class: 'panel search', 'aria-label': t('book.search'), onsubmit: event => event.preventDefault() }, stayFields(stay, chosen, refresh)))),
    el('section', { class: 'wide', 'aria-labelledby': 'resorts' },
      el('h2', { id: 'resorts' }, t('book.resorts', { n: resorts.length })),
      el('ul', { class: 'cards' }, cards.map(one => one.node))),
  ]
}

function card(resort) {
  const name = resortName(resort.id, resort.resort)
  const rooms = el('p', { class: 'free', 'aria-live': 'off' }, t('book.asking'))
  const total = el('p', { class: 'total' }, money(resort.rate), el('small', {}, t('book.perNight')))
  const link = el('a', { class: 'button', 'aria-label': t('book.choose', { resort: name }) }, t('book.reserve'))
  const node = el('li', { class: 'card', 'data-resort': resort.id },
    picture(resort.id),
    el('div', { class: 'body' },
      el('p', { class: 'eyebrow' }, regionName(resort.region)),
      el('h3', {}, name),
      el('p', { class: 'line' }, resortLine(resort.id) || t('book.upTo', { n: resort.maxpersonsperroom })),
      rooms,
      el('div', { class: 'foot' }, total, link)))
  let aimed
  const aim = stay => {
    aimed = stay
    link.href = path(`book/${resort.id}`, stay)
  }
  const ask = async (stay, signal) => {
    const found = await follow(resort, 'availability', { date: stay.date, nights: stay.nights }, { signal })
    if (aimed !== stay) return // another stay is looked for by now
    const enough = found.free >= stay.rooms
    node.classList.toggle('full', !enough)
    show(rooms, freeText(found.free, stay.rooms))
    show(total, money(found.cost * stay.rooms), el('small', {}, t('book.forStay', { n: stay.nights })))
  }
  return { node, aim, ask }
}

const freeText = (free, rooms) =>
  free === 0 ? t('book.soldOut') : free < rooms ? t('book.notEnough', { n: free }) : free <= 5 ? t('book.fewLeft', { n: free }) : t('book.free', { n: free })
