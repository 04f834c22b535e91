// Builds elements out of data. Text stays text: nothing here, or anywhere else, reads markup from a string.
const SVG = 'http://www.w3.org/2000/svg'

export const el = (tag, attributes = {}, ...children) => fill(document.createElement(tag), attributes, children)

export const svg = (tag, attributes = {}, ...children) => fill(document.createElementNS(SVG, tag), attributes, children)

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value)
    else if (name === 'value') node.value = value
    else node.setAttribute(name, value === true ? '' : value)
  }
  node.append(...children.flat(Infinity).filter(child => child !== null && child !== undefined && child !== false))
  return node
}

/** Exchanges what a node shows. Who had the focus in it keeps it, on what has the same data-focus, or else on the node. */
export function show(node, ...children) {
  const focused = node.contains(document.activeElement) ? document.activeElement.dataset.focus ?? '' : null
  node.replaceChildren(...children.flat(Infinity).filter(Boolean))
  if (focused === null) return node
  const same = focused && node.querySelector(`[data-focus="${CSS.escape(focused)}"]`)
  if (same && !same.disabled) same.focus()
  else {
    node.tabIndex = -1
    node.focus({ preventScroll: true })
  }
  return node
}

/** Calls now, and again after each pause while the page is seen, until the signal ends it. Only the first failure is told. */
export async function repeat(milliseconds, signal, action) {
  let timer
  const again = () => {
    if (!signal.aborted) timer = setTimeout(() => (document.hidden ? Promise.resolve() : action()).catch(() => {}).finally(again), milliseconds)
  }
  signal.addEventListener('abort', () => clearTimeout(timer))
  try {
    await action()
  } finally {
    again()
  }
}
