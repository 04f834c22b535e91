// Reservations in some of their states, newest first.
import { entryDocument, follow } from '../core/hal.js'

export async function byStatus(statuses, signal, size = 100) {
  const search = await follow(await entryDocument(), 'search')
  return follow(search, 'findByReservationstatus', { reservationstatus: statuses.join(','), size }, { signal })
}
