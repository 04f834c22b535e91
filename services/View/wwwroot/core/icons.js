// Small signs, drawn with the colour of the text around them.
import { svg } from './dom.js'

const PATHS = {
  check: 'M4.5 12.5l5 5 10-11',
  cross: 'M6 6l12 12M18 6L6 18',
  undo: 'M9 7l-5 5 5 5M4 12h10a6 6 0 0 1 0 12',
  moon: 'M20 14.5A8.5 8.5 0 1 1 9.5 4a7 7 0 0 0 10.5 10.5z',
  sun: 'M12 7.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9zM12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.4 1.4M17.6 17.6L19 19M19 5l-1.4 1.4M6.4 17.6L5 19',
  left: 'M15 5l-7 7 7 7',
  right: 'M9 5l7 7-7 7',
  printer: 'M7 9V3h10v6M7 18H4v-8h16v8h-3M7 14h10v7H7z',
  minus: 'M5 12h14',
  plus: 'M5 12h14M12 5v14',
}

export const icon = (name, label) => svg('svg', { class: 'icon', viewBox: '0 0 24 24', ...(label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': 'true' }) },
  svg('path', { d: PATHS[name] }))
