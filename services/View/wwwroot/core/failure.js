// Says why something could not be done.
import { el } from './dom.js'
import { has, t } from './texts.js'

export const reason = problem => {
  const known = [`problem.${problem.kind}`, `problem.${problem.status}`].find(has)
  return known ? t(known) : problem.message || t('problem.unknown')
}

export const notice = (kind, ...content) => el('div', { class: `notice ${kind}`, role: kind === 'bad' ? 'alert' : 'status' }, ...content)

export const failure = problem => notice('bad', el('p', {}, reason(problem)))
