// Days, times and money as people of the language write them.
import { language } from './texts.js'

const DAY = 86_400_000
const locale = () => language === 'ko' ? 'ko-KR' : 'en-GB'
const utc = (iso, options) => new Intl.DateTimeFormat(locale(), { timeZone: 'UTC', ...options }).format(new Date(`${iso}T00:00:00Z`))

export const money = won => language === 'ko' ? `${number(won)}원` : `₩${number(won)}`

export const number = value => new Intl.NumberFormat(locale()).format(value)

/** The day it is where the resorts are. */
export const today = () => new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Seoul', year: 'numeric', month: '2-digit', day: '2-digit' }).format(new Date())

export const addDays = (iso, days) => new Date(Date.parse(`${iso}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10)

export const weekday = iso => new Date(`${iso}T00:00:00Z`).getUTCDay()

export const day = iso => `${utc(iso, { year: 'numeric', month: 'long', day: 'numeric' })} (${utc(iso, { weekday: 'short' })})`

export const shortDay = iso => utc(iso, { month: 'short', day: 'numeric', weekday: 'short' })

export const month = iso => utc(iso, { year: 'numeric', month: 'long' })

export const weekdays = () => Array.from({ length: 7 }, (_, n) => utc(addDays('2023-01-01', n), { weekday: 'short' })) // a Sunday

export const time = instant => new Intl.DateTimeFormat(locale(), { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }).format(new Date(instant))

export const dayAndTime = instant =>
  new Intl.DateTimeFormat(locale(), { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(new Date(instant))
