// A form's field with its label, its hint and what is wrong with it.
import { el, show } from './dom.js'
import { has, t } from './texts.js'

export function field(name, label, input, hint) {
  input.id = input.name = name
  const said = [hint && `${name}-hint`, `${name}-error`].filter(Boolean).join(' ')
  input.setAttribute('aria-describedby', said)
  return el('div', { class: `field field-${name}` },
    el('label', { for: name }, label), input,
    hint && el('p', { class: 'hint', id: `${name}-hint` }, hint),
    el('p', { class: 'error', id: `${name}-error` }))
}

/** Says beside each field what is wrong with it, and goes to the first; what no field is named for is returned. */
export function tellErrors(form, errors, values = {}) {
  const unplaced = []
  clearErrors(form)
  for (const [name, reasons] of Object.entries(errors)) {
    const place = form.querySelector(`#${CSS.escape(name)}-error`)
    const text = has(`error.${name}`) ? t(`error.${name}`, values) : reasons.join(' ')
    if (!place) { unplaced.push(text); continue }
    show(place, text)
    form.querySelector(`#${CSS.escape(name)}`).setAttribute('aria-invalid', 'true')
  }
  form.querySelector('[aria-invalid]')?.focus()
  return unplaced
}

export function clearErrors(form) {
  for (const place of form.querySelectorAll('.error')) place.replaceChildren()
  for (const input of form.querySelectorAll('[aria-invalid]')) input.removeAttribute('aria-invalid')
}
