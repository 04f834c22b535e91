// The rooms of one night, raised and lowered; never below what is held and sold, which the API sees to.
import { el, show } from '../core/dom.js'
import { notice, reason } from '../core/failure.js'
import { day } from '../core/format.js'
import { follow } from '../core/hal.js'
import { icon } from '../core/icons.js'
import { t } from '../core/texts.js'

const MOST = 10_000

export function nightPanel(shown, changed) {
  let night = shown
  const facts = el('dl', { class: 'facts' })
  const said = el('div', {})
  const input = el('input', { id: 'capacity', type: 'number', inputmode: 'numeric', min: 0, max: MOST, value: night.capacity, 'aria-describedby': 'capacity-hint' })
  const by = (label, sign, rooms) => el('button', { class: 'button plain round', type: 'button', 'aria-label': t(label), onclick: () => { input.value = Math.max(0, Number(input.value) + rooms) } }, icon(sign))
  const tell = () => show(facts, ['capacity', 'sold', 'held', 'free'].map(name => [el('dt', {}, t(`night.${name}`)), el('dd', { 'data-fact': name }, night[name])]))
  const save = async event => {
    event.preventDefault()
    try {
      night = await follow(night, 'change', {}, { body: { capacity: input.value === '' ? null : Number(input.value) } })
      show(said, notice('good', t('night.saved', { n: night.capacity })))
    } catch (problem) {
      show(said, notice('bad', problem.kind === 'below_taken' ? t('night.taken', problem.body) : problem.errors.capacity ? t('error.capacity', { max: MOST }) : reason(problem)))
    }
    tell()
    changed().catch(() => {})
  }
  tell()
  return el('form', { class: 'panel night-panel', novalidate: true, onsubmit: save },
    el('h2', {}, day(night.date)), facts,
    el('div', { class: 'field' }, el('label', { for: 'capacity' }, t('night.change')),
      el('div', { class: 'stepper' }, by('night.fewer', 'minus', -1), input, by('night.more', 'plus', 1)),
      el('p', { class: 'hint', id: 'capacity-hint' }, t('night.hint'))),
    el('button', { class: 'button', type: 'submit', 'data-focus': 'save' }, t('night.save')), said)
}
