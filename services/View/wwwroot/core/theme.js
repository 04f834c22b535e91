// Light or dark: as the system says, until somebody chooses.
const STORED = 'resort.theme'
const dark = matchMedia('(prefers-color-scheme: dark)')

export const isDark = () => (localStorage.getItem(STORED) ?? (dark.matches ? 'dark' : 'light')) === 'dark'

export const apply = () => { document.documentElement.dataset.theme = isDark() ? 'dark' : 'light' }

export function toggle() {
  localStorage.setItem(STORED, isDark() ? 'light' : 'dark')
  apply()
}

dark.addEventListener('change', apply)
