// The words of the page, from texts/{language}.json. A text may have forms by number: { "one": …, "other": … }.
const LANGUAGES = ['ko', 'en']
const STORED = 'resort.language'
const listeners = new Set()
let texts = {}
let plural
export let language = 'ko'

export const languages = LANGUAGES

export function preferred() {
  const stored = localStorage.getItem(STORED)
  if (LANGUAGES.includes(stored)) return stored
  return navigator.languages.map(tag => tag.slice(0, 2)).find(tag => LANGUAGES.includes(tag)) ?? 'en'
}

export async function speak(chosen) {
  const answer = await fetch(`/web/texts/${chosen}.json`)
  texts = await answer.json()
  language = chosen
  plural = new Intl.PluralRules(chosen)
  localStorage.setItem(STORED, chosen)
  document.documentElement.lang = chosen
  listeners.forEach(listener => listener())
}

export const onLanguage = listener => listeners.add(listener)

export const has = key => key in texts

/** The text with its {values} filled in; {n} also chooses the form. */
export function t(key, values = {}) {
  const entry = texts[key] ?? key
  const form = typeof entry === 'string' ? entry : entry[plural.select(values.n)] ?? entry.other
  return form.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all)
}

/** A name that data brings, such as a resort's, where we have a word for it. */
export const word = (key, otherwise) => has(key) ? t(key) : otherwise
