// Transfers that are awaited: who has seen one come in, says so here.
import { el, repeat, show } from '../core/dom.js'
import { notice, reason } from '../core/failure.js'
import { dayAndTime, money, shortDay } from '../core/format.js'
import { follow, items } from '../core/hal.js'
import { resortName } from '../core/names.js'
import { t } from '../core/texts.js'
import { byStatus } from './by-status.js'

const PAUSE = 3_000

export async function deposits({ signal }) {
  const list = el('div', {})
  const said = el('div', { 'aria-live': 'polite' })
  const told = new Set() // it takes a moment until the list knows
  const draw = async () => {
    const waiting = items(await byStatus(['AwaitingDeposit'], signal), 'views').filter(view => !told.has(view.reservationid))
    show(list, waiting.length === 0
      ? el('p', { class: 'empty' }, t('deposits.none'))
      : el('ul', { class: 'rows' }, waiting.map(row)))
  }
  const row = view => el('li', { 'data-reservation': view.reservationid },
    el('div', {}, el('strong', {}, view.name), el('span', { class: 'line' }, view.phone)),
    el('div', {}, view.resortid && resortName(view.resortid, view.resort), el('span', { class: 'line' }, view.date && `${shortDay(view.date)} · ${t('nights', { n: view.nights })}`)),
    el('div', {}, el('strong', {}, money(view.cost ?? 0)), el('span', { class: 'line' }, view.depositdeadline && t('step.until', { time: dayAndTime(view.depositdeadline) }))),
    el('button', { class: 'button', type: 'button', 'data-focus': view.reservationid, 'aria-label': t('deposits.confirmOf', { name: view.name }), onclick: () => received(view) }, t('deposits.confirm')))
  const received = async view => {
    try {
      await follow(view, 'deposit')
      told.add(view.reservationid)
      show(said, notice('good', t('deposits.done', { name: view.name, cost: money(view.cost ?? 0) })))
    } catch (problem) {
      show(said, notice('bad', reason(problem)))
    }
    draw().catch(() => {})
  }
  await repeat(PAUSE, signal, draw)
  return el('div', { class: 'panel' }, el('p', { class: 'lead' }, t('deposits.lead')), said, list)
}
