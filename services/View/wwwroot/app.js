// Puts the page together: header, the page of the address, footer.
import { el, show } from './core/dom.js'
import { icon } from './core/icons.js'
import { language, languages, onLanguage, preferred, speak, t } from './core/texts.js'
import { path, start } from './core/router.js'
import { apply, isDark, toggle } from './core/theme.js'
import { failure } from './core/failure.js'
import { resortsPage } from './book/resorts.js'
import { orderPage } from './book/order.js'
import { myPage } from './me/my-page.js'
import { staffPage } from './staff/staff.js'

const PAGES = { '': resortsPage, book: orderPage, me: myPage, staff: staffPage }
const NAMES = { ko: '한국어', en: 'English' }
const [top, main, bottom, skip] = ['top', 'main', 'bottom', 'skip'].map(id => document.getElementById(id))
let current = ''

function header() {
  const to = (page, key, pages = [page]) => el('a', { href: path(page), 'aria-current': pages.includes(current) && 'page', 'data-focus': `nav-${page}` }, t(key))
  show(top, el('div', { class: 'wide' },
    el('a', { class: 'brand', href: path('') }, el('img', { src: '/web/icon.svg', alt: '', width: 30, height: 30 }), t('brand')),
    el('nav', { 'aria-label': t('nav.label') }, to('', 'nav.book', ['', 'book']), to('me', 'nav.me'), to('staff', 'nav.staff')),
    el('div', { class: 'choices' },
      languages.filter(one => one !== language).map(one =>
        el('button', { class: 'quiet', type: 'button', lang: one, 'data-focus': 'language', onclick: () => speak(one) }, NAMES[one])),
      el('button', { class: 'quiet round', type: 'button', 'data-focus': 'theme', 'aria-label': t(isDark() ? 'theme.light' : 'theme.dark'), onclick: () => { toggle(); header() } },
        icon(isDark() ? 'sun' : 'moon')))))
}

function footer() {
  skip.textContent = t('skip')
  show(bottom, el('p', { class: 'wide' }, t('footer')))
}

function changed(page) {
  current = page
  document.title = `${t(`title.${page || 'book'}`)} · ${t('brand')}`
  header()
}

skip.addEventListener('click', event => {
  event.preventDefault() // what follows # names a page
  main.focus()
})
apply()
await speak(preferred())
footer()
const guarded = Object.fromEntries(Object.entries(PAGES).map(([name, page]) => [name, async visit => {
  try {
    return await page(visit)
  } catch (problem) {
    return el('div', { class: 'wide page' }, el('h1', { tabindex: -1 }, t('failed.title')), failure(problem))
  }
}]))
const render = start(main, guarded, changed)
onLanguage(() => { footer(); header(); render() })
