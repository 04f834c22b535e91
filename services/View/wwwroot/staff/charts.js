// Small charts.
import { el, svg } from '../core/dom.js'

const HEIGHT = 48
const STEP = 8
const FEWEST = 30

/** A bar for each value, on a ground line; few values are not blown up. */
export function bars(values, label) {
  const width = Math.max(values.length, FEWEST) * STEP
  const most = Math.max(...values, 1)
  return svg('svg', { class: 'chart', viewBox: `0 0 ${width} ${HEIGHT}`, preserveAspectRatio: 'none', role: 'img', 'aria-label': label },
    values.map((value, n) => {
      const height = value === 0 ? 1 : Math.max(2, HEIGHT * value / most)
      return svg('rect', { class: value === 0 ? 'zero' : '', x: n * STEP + 1, y: HEIGHT - height, width: STEP - 2, height })
    }))
}

export const fact = (value, label) => el('p', { class: 'fact' }, el('strong', {}, value), ' ', el('span', {}, label))
