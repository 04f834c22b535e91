// A guest's points and how they came about; they follow a reservation's end by themselves, so they are asked for again now and then.
import { el, repeat, show } from '../core/dom.js'
import { failure } from '../core/failure.js'
import { dayAndTime, number } from '../core/format.js'
import { entryDocument, follow, items, offers } from '../core/hal.js'
import { t } from '../core/texts.js'

const PAUSE = 3_000
const SHOWN = 50

export async function pointsPanel(view, signal) {
  const content = el('div', {})
  const panel = el('aside', { class: 'panel points', 'aria-labelledby': 'points' }, el('h2', { id: 'points' }, t('points.title')), content)
  if (!view.phone) return null
  let shown
  await repeat(PAUSE, signal, async () => {
    const entries = await ledger(view.phone, signal)
    if (entries.length === shown) return
    shown = entries.length
    show(content, table(entries))
  }).catch(problem => show(content, failure(problem))) // the reservations are there all the same
  return panel
}

// the newest: the ledger is in the order of time
async function ledger(phone, signal) {
  const page = await follow(await entryDocument(), 'pointHistories', { phoneNumber: phone, size: SHOWN }, { signal })
  if (page.page.totalPages < 2 || !offers(page, 'last')) return items(page, 'pointHistories')
  return items(await follow(page, 'last', {}, { signal }), 'pointHistories')
}

const table = entries => [
  el('p', { class: 'balance' }, number(entries.at(-1)?.balance ?? 0), el('small', {}, t('points.unit'))),
  entries.length === 0
    ? el('p', { class: 'hint' }, t('points.none'))
    : el('ul', { class: 'ledger' }, entries.toReversed().map(entry => el('li', {},
        el('span', {}, t(`points.${entry.type}`)),
        el('span', { class: entry.delta < 0 ? 'delta minus' : 'delta' }, `${entry.delta > 0 ? '+' : ''}${number(entry.delta)}`),
        el('time', { datetime: entry.createTime }, dayAndTime(entry.createTime))))),
]
