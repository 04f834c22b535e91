// What became of an order that was not taken.
import { el } from '../core/dom.js'
import { notice, reason } from '../core/failure.js'
import { path } from '../core/router.js'
import { has, t } from '../core/texts.js'

export function outcome(problem, unplaced, stay) {
  const title = [`outcome.${problem.kind}`, 'outcome.failed'].find(has)
  return notice('bad',
    el('strong', {}, t(title)),
    el('p', {}, reason(problem)),
    unplaced.map(text => el('p', {}, text)),
    problem.kind === 'sold_out' && el('p', {}, el('a', { href: path('', stay) }, t('outcome.others'))))
}
