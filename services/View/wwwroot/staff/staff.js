// What staff works with, a tab for each.
import { el } from '../core/dom.js'
import { path } from '../core/router.js'
import { t } from '../core/texts.js'
import { allotments } from './allotments.js'
import { checkIn } from './check-in.js'
import { deadLetters } from './dead-letters.js'
import { deposits } from './deposits.js'
import { operations } from './operations.js'

const TABS = { allotments, deposits, 'check-in': checkIn, 'dead-letters': deadLetters, operations }

export async function staffPage({ rest, query, signal }) {
  const tab = Object.hasOwn(TABS, rest[0]) ? rest[0] : 'allotments'
  const content = await TABS[tab]({ query, signal })
  requestAnimationFrame(() => document.querySelector('.tabs [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' }))
  return el('div', { class: 'wide page staff' },
    el('h1', { tabindex: -1 }, t(`staff.${tab}`)),
    el('nav', { class: 'tabs', 'aria-label': t('staff.label') }, Object.keys(TABS).map(name =>
      el('a', { href: path(`staff/${name}`), 'aria-current': name === tab && 'page', 'data-focus': `tab-${name}` }, t(`staff.${name}`)))),
    content)
}
