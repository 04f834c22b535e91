// One resort is booked: the stay, the guest, how it is paid, and what came of it.
import { el, repeat, show } from '../core/dom.js'
import { clearErrors, field, tellErrors } from '../core/field.js'
import { money, shortDay } from '../core/format.js'
import { entryDocument, follow, items, Problem } from '../core/hal.js'
import { regionName, resortLine, resortName } from '../core/names.js'
import { picture } from '../core/picture.js'
import { go, path, remember } from '../core/router.js'
import { t } from '../core/texts.js'
import { outcome } from './outcome.js'
import { paymentFields } from './payment.js'
import { checkout, stayFields, stayOf } from './stay.js'
import { submission } from './submission.js'

const FRESH = 10_000

export async function orderPage({ rest: [id], query, signal }) {
  const resort = items(await follow(await entryDocument(), 'resorts', { size: 500 }), 'resorts').find(one => one.id === id)
  if (!resort) throw new Problem(404)
  let stay = stayOf(query)
  const name = resortName(resort.id, resort.resort)
  const price = el('dl', { class: 'price', 'aria-live': 'polite' })
  const back = el('a', { class: 'back', href: path('', stay) }, t('order.back'))
  const result = el('div', { class: 'result' })
  const button = el('button', { class: 'button big', type: 'submit', 'data-focus': 'submit' }, t('order.submit'))

  const refresh = async () => {
    const asked = stay
    const found = await follow(resort, 'availability', { date: asked.date, nights: asked.nights }, { signal })
    if (asked === stay) summary(price, stay, found)
  }
  const form = el('form', { class: 'order', novalidate: true, onsubmit: event => { event.preventDefault(); submit() }, oninput: () => sending.changed() },
    el('fieldset', {}, el('legend', {}, t('order.stay')), stayFields(stay, now => {
      stay = now
      remember(path(`book/${id}`, stay))
      back.href = path('', stay)
    }, refresh)),
    el('fieldset', { class: 'guest' }, el('legend', {}, t('order.guest')),
      field('name', t('field.name'), el('input', { type: 'text', autocomplete: 'name', maxlength: 100, required: true })),
      field('phone', t('field.phone'), el('input', { type: 'tel', autocomplete: 'tel', required: true, placeholder: '010-0000-0000' }), t('hint.phone')),
      field('email', t('field.email'), el('input', { type: 'email', autocomplete: 'email' })),
      field('needs', t('field.needs'), el('textarea', { rows: 3, maxlength: 1000 }), t('hint.needs'))),
    paymentFields())
  const sending = submission(button, async headers => {
    clearErrors(form)
    show(result)
    return follow(resort, 'reserve', {}, { body: order(form, resort), headers })
  })

  async function submit() {
    const answer = await sending.send()
    if (answer?.booked) return go(path(`me/${answer.booked.reservationid}`, { booked: 1 })) // also who looks at something else by now is to know
    if (!answer || signal.aborted) return
    const unplaced = tellErrors(form, answer.problem.errors, { max: resort.maxpersonsperroom })
    show(result, outcome(answer.problem, unplaced, stay))
    sending.wait(answer.problem.retryAfter, signal)
    refresh().catch(() => {})
  }

  repeat(FRESH, signal, refresh).catch(() => {})
  form.id = 'order'
  button.setAttribute('form', form.id) // it stands beside the price, outside of the form
  return el('div', { class: 'wide page booking' },
    back,
    el('header', { class: 'title' }, el('p', { class: 'eyebrow' }, regionName(resort.region)), el('h1', { tabindex: -1 }, name), el('p', { class: 'lead' }, resortLine(resort.id))),
    form,
    el('aside', { class: 'panel summary', 'aria-label': t('order.summary') }, picture(resort.id), price, result, button))
}

function order(form, resort) {
  const given = Object.fromEntries(new FormData(form))
  const text = name => given[name]?.trim() || undefined
  const whole = name => given[name] === '' ? undefined : Number(given[name])
  return {
    resort: resort.id, date: given.date || undefined, nights: whole('nights'), rooms: whole('rooms'), persons: whole('persons'),
    name: text('name'), phone: text('phone'), email: text('email'), needs: text('needs'), paymenttype: given.paymenttype,
    cardtoken: given.paymenttype === 'card' ? given.cardtoken : undefined,
  }
}

function summary(price, stay, found) {
  const row = (label, ...value) => [el('dt', {}, label), el('dd', {}, ...value)]
  show(price,
    row(t('order.arrival'), shortDay(stay.date)),
    row(t('order.departure'), shortDay(checkout(stay))),
    row(t('order.rate'), t('order.formula', { rate: money(found.rate), rooms: t('rooms', { n: stay.rooms }), nights: t('nights', { n: stay.nights }) })),
    row(t('order.free'), found.free >= stay.rooms ? t('rooms', { n: found.free }) : el('strong', { class: 'bad' }, found.free ? t('book.notEnough', { n: found.free }) : t('book.soldOut'))),
    el('dt', { class: 'sum' }, t('order.total')), el('dd', { class: 'sum' }, money(found.cost * stay.rooms)))
}
