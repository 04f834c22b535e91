// Code 39: each character is nine bars and gaps, three of them wide. Its table: 1 is a wide one, in the order bar, gap, bar …
import { svg } from '../core/dom.js'

const WIDE = 3
const HEIGHT = 46
const TABLE = {
  0: '000110100', 1: '100100001', 2: '001100001', 3: '101100000', 4: '000110001', 5: '100110000', 6: '001110000', 7: '000100101', 8: '100100100', 9: '001100100',
  A: '100001001', B: '001001001', C: '101001000', D: '000011001', E: '100011000', F: '001011000', G: '000001101', H: '100001100', I: '001001100', J: '000011100',
  K: '100000011', L: '001000011', M: '101000010', N: '000010011', O: '100010010', P: '001010010', Q: '000000111', R: '100000110', S: '001000110', T: '000010110',
  U: '110000001', V: '011000001', W: '111000000', X: '010010001', Y: '110010000', Z: '011010000', '-': '010000101', '*': '010010100',
}

export function bars(text, label) {
  let x = 0
  const drawn = []
  for (const character of `*${text}*`) {
    for (const [n, wide] of [...TABLE[character]].entries()) {
      const width = wide === '1' ? WIDE : 1
      if (n % 2 === 0) drawn.push(svg('rect', { x, y: 0, width, height: HEIGHT }))
      x += width
    }
    x += 1
  }
  return svg('svg', { class: 'bars', viewBox: `0 0 ${x - 1} ${HEIGHT}`, role: 'img', 'aria-label': label, preserveAspectRatio: 'none' }, drawn)
}
