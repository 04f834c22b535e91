// One reservation as its guest sees it; while it moves, it is kept up to date.
import { el, show } from '../core/dom.js'
import { addDays, day, money } from '../core/format.js'
import { live } from '../core/live.js'
import { regionName, resortName } from '../core/names.js'
import { picture } from '../core/picture.js'
import { t } from '../core/texts.js'
import { cancelButton } from './cancel.js'
import { isMoving, journey } from './journey.js'
import { stepLine } from './step-line.js'
import { ticket } from './ticket.js'

export function reservationCard(first, page) {
  const said = el('p', { class: 'sr', role: 'status' })
  const body = el('div', {})
  const node = el('li', { class: 'panel reservation', 'data-reservation': first.reservationid }, body, said)
  let view = first
  let asked = -1
  let watching

  const changed = now => {
    now = attempts(now) === asked ? begun(now) : now
    if (now.reservationstatus !== view.reservationstatus) said.textContent = t(`status.${now.reservationstatus}`)
    view = now
    show(body, content(view, cancelled))
    watch()
  }
  const cancelled = () => {
    asked = attempts(view)
    changed(view)
  }
  const watch = () => {
    if (isMoving(view) && !watching) {
      watching = new AbortController()
      live(view, changed, AbortSignal.any([page, watching.signal]))
    } else if (!isMoving(view) && watching) {
      watching.abort()
      watching = undefined
    }
  }
  show(body, content(view, cancelled))
  watch()
  return node
}

// A cancellation is accepted before the events tell that it goes on
const attempts = view => view.timeline.filter(entry => entry.event === 'ReservationCancelling').length

const begun = ({ _links: { cancel, ...links }, ...view }) => ({ ...view, _links: links, reservationstatus: 'Cancelling' })

function content(view, cancelled) {
  const { booking, cancellation } = journey(view)
  const known = view.resortid !== undefined // events come in any order, and not each one tells of the stay
  return [
    el('header', {},
      known && picture(view.resortid),
      el('div', {},
        el('p', { class: 'eyebrow' }, known ? regionName(view.region) : t('me.reading')),
        el('h3', {}, known ? resortName(view.resortid, view.resort) : '…'),
        known && el('p', { class: 'when' }, t('me.stay', { from: day(view.date), to: day(addDays(view.date, view.nights)) })),
        known && el('p', { class: 'line' }, [t('nights', { n: view.nights }), t('rooms', { n: view.rooms }), t('persons', { n: view.persons }), view.name].join(' · '))),
      el('p', { class: 'status', 'data-status': view.reservationstatus }, t(`status.${view.reservationstatus}`))),
    view.reason && el('p', { class: 'reason' }, t(`reason.${view.reason}`)),
    stepLine(t('me.steps'), booking),
    cancellation.length > 0 && el('div', { class: 'undoing' }, el('h4', {}, t('me.undoing')), stepLine(t('me.undoing'), cancellation)),
    view.ticketnumber && view.issuestatus !== 'Cancelled' && ticket(view),
    view.needs && el('p', { class: 'needs' }, el('strong', {}, t('field.needs')), ' ', view.needs),
    el('footer', {},
      el('dl', { class: 'facts' },
        view.cost !== undefined && [el('dt', {}, t('me.cost')), el('dd', {}, money(view.cost))],
        view.paymentstatus && [el('dt', {}, t('me.payment')), el('dd', { 'data-payment': view.paymentstatus }, t(`paid.${view.paymentstatus}`))],
        [el('dt', {}, t('me.number')), el('dd', {}, el('code', {}, view.reservationid))]),
      cancelButton(view, cancelled)),
  ]
}
