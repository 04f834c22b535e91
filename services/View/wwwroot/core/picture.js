// A resort's picture. A resort that staff has just made gets the common one.
import { el } from './dom.js'

const DRAWN = [
  'alpensia-valley', 'boryeong-mudflat', 'gyeongju-lake', 'haeundae-bay', 'jeju-hallasan', 'jeju-ocean', 'jirisan-hermitage', 'muju-snowfield',
  'seorak-ridge', 'yeosu-harbour',
]

export const picture = (resortId, alt = '') =>
  el('img', { class: 'picture', src: `/web/pictures/${DRAWN.includes(resortId) ? resortId : 'somewhere'}.svg`, alt, width: 640, height: 400, decoding: 'async' })
