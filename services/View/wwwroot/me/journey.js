// What has happened to a reservation, told as steps. Nothing of the page is known here.

const FINAL = ['Confirmed', 'CheckedIn', 'Rejected', 'Cancelled']

/** Whether something follows by itself: only then it is worth to be watched. */
export const isMoving = view => !FINAL.includes(view.reservationstatus) || pending(view)

// a ticket and points follow a paid reservation, refund and the rest a cancelled one
const pending = view => view.reservationstatus === 'Confirmed' || view.reservationstatus === 'CheckedIn'
  ? view.pointsstatus === undefined || view.ticketnumber === undefined
  : view.reservationstatus === 'Cancelled' && (view.paymentstatus === 'Paid' || view.issuestatus === 'Issued')

/** Steps of the booking, and of its cancellation if there is one: { key, state: done|now|failed|undone|next, at, until }. */
export function journey(view) {
  const from = view.timeline.findLastIndex(entry => entry.event === 'ReservationCancelling')
  const first = timeOf(view.timeline)
  return { booking: booking(view, first), cancellation: from < 0 ? [] : cancellation(view, first, timeOf(view.timeline.slice(from))) }
}

function booking(view, at) {
  const steps = [{ key: 'held', at: at('ReservationHeld') }]
  if (view.paymenttype === 'transfer') steps.push({ key: 'deposit', at: at('PaymentPaid'), until: view.depositdeadline })
  else steps.push({ key: 'paid', at: at('ReservationPaid') ?? at('PaymentPaid') })
  steps.push({ key: 'ticket', at: at('TicketIssued') }, { key: 'points', at: at('PointsEarned') })
  if (at('TicketCheckedIn')) steps.push({ key: 'checkedin', at: at('TicketCheckedIn') })
  if (view.reservationstatus === 'Rejected') return rejected(view, at, steps)
  const stopped = ['Cancelling', 'Cancelled'].includes(view.reservationstatus)
  return inOrder(stopped ? steps.filter(step => step.at) : steps)
}

// how far it came, what it failed at, and that what was kept is given back
function rejected(view, at, steps) {
  const failedAt = view.reason === 'sold_out' ? 0 : 1
  const told = steps.slice(0, failedAt + 1).map((step, n) => ({ ...step, state: n < failedAt ? 'done' : 'failed', at: n < failedAt ? step.at : undefined, until: undefined }))
  told[failedAt].at = at('PaymentDeclined') ?? at('ReservationRejected')
  if (failedAt > 0) told.push({ key: 'released', state: 'undone', at: at('ReservationRejected') })
  return told
}

function cancellation(view, first, at) {
  const refused = at('CancellationRefused')
  const steps = [{ key: 'cancelling', at: at('ReservationCancelling') }]
  if (first('PointsEarned') || at('PointsReversed')) steps.push({ key: 'pointsback', at: at('PointsReversed') })
  if (refused) {
    if (at('PointsRestored')) steps.push({ key: 'pointskept', at: at('PointsRestored') })
    return steps.map(step => ({ ...step, state: 'undone' })).concat({ key: 'refused', state: 'failed', at: refused })
  }
  if (first('TicketIssued') || at('TicketCancelled')) steps.push({ key: 'ticketback', at: at('TicketCancelled') })
  steps.push({ key: first('PaymentPaid') ? 'refund' : 'void', at: at('PaymentRefunded') ?? at('PaymentVoided') }, { key: 'roomsback', at: at('ReservationCancelled') })
  return inOrder(steps).map(step => step.state === 'done' ? { ...step, state: 'undone' } : step)
}

// what is not done is next; the first of these is what is worked on
function inOrder(steps) {
  const now = steps.findIndex(step => !step.at)
  return steps.map((step, n) => ({ ...step, state: step.at ? 'done' : n === now ? 'now' : 'next' }))
}

const timeOf = timeline => event => timeline.find(entry => entry.event === event)?.time
