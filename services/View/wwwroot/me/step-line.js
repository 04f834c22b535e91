// Steps as a line: across where there is room, down where there is not.
import { el } from '../core/dom.js'
import { dayAndTime, time } from '../core/format.js'
import { icon } from '../core/icons.js'
import { t } from '../core/texts.js'

const SIGNS = { done: 'check', failed: 'cross', undone: 'undo' }

export const stepLine = (label, steps) => el('ol', { class: 'steps', 'aria-label': label }, steps.map(step =>
  el('li', { 'data-step': step.key, 'data-state': step.state, 'aria-current': step.state === 'now' && 'step' },
    el('span', { class: 'dot' }, SIGNS[step.state] && icon(SIGNS[step.state])),
    el('span', { class: 'name' }, t(step.state === 'now' ? `step.${step.key}.now` : step.state === 'failed' ? `step.${step.key}.failed` : `step.${step.key}`)),
    el('span', { class: 'sr' }, t(`state.${step.state}`)),
    el('span', { class: 'when' }, step.at ? el('time', { datetime: step.at }, time(step.at)) : step.until && step.state === 'now' && t('step.until', { time: dayAndTime(step.until) })))))
