// What was filled in is not lost when the same page is shown in another language.

/** Remembers the fields of a node; what it returns fills them in again. */
export function filled(node) {
  const given = new Map([...fields(node)].map(input => [key(input), input]))
  return () => {
    for (const input of fields(node)) {
      const before = given.get(key(input))
      if (!before) continue
      if (input.type !== 'radio') input.value = before.value
      else if (before.checked && !input.checked) input.click()
    }
  }
}

const fields = node => node.querySelectorAll('input, select, textarea')

const key = input => `${input.name || input.id} ${input.type === 'radio' ? input.value : ''}`
