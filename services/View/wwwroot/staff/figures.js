// Figures out of timelines.

const MINUTE = 60_000
const SHOWN = 40

const at = (view, event) => Date.parse(view.timeline.find(entry => entry.event === event)?.time)

/** How many were booked in each of the last minutes, the present one last. */
export function bookingsPerMinute(views, minutes, now) {
  const counts = new Array(minutes).fill(0)
  for (const view of views) {
    const ago = Math.floor((now - at(view, 'ReservationHeld')) / MINUTE)
    if (ago >= 0 && ago < minutes) counts[minutes - 1 - ago]++
  }
  return counts
}

/** How long the newest tickets took, in milliseconds from the hold on, in the order of their bookings. */
export function ticketTimes(views) {
  const newest = views.map(view => at(view, 'TicketIssued') - at(view, 'ReservationHeld')).filter(took => took >= 0).slice(0, SHOWN).reverse()
  const sorted = newest.toSorted((one, other) => one - other)
  return { newest, median: sorted[Math.floor(sorted.length / 2)], slowest: sorted.at(-1) }
}
