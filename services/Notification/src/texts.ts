import type { ResortEvent, Stay } from './events';
import type { EventName } from './names';
import en from './texts/en.json';
import ko from './texts/ko.json';

export type Language = 'ko' | 'en';

export interface Message {
  subject: string;
  text: string;
}

interface Texts {
  events: Record<EventName, Message>;
  reasons: Record<string, string>;
}

const texts: Record<Language, Texts> = { ko, en };
const number = new Intl.NumberFormat('en');
const money: Record<Language, (won: number) => string> = { ko: won => `${number.format(won)}원`, en: won => `KRW ${number.format(won)}` };
const dates: Record<Language, Intl.DateTimeFormat> = {
  ko: new Intl.DateTimeFormat('ko', { dateStyle: 'long', timeZone: 'UTC' }),
  en: new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }),
};

/** What a guest is told of an event, in one message for all languages. */
export function render(event: ResortEvent, stay: Stay, languages: readonly Language[]): Message {
  const messages = languages.map(language => renderIn(language, event, stay));
  return { subject: messages.map(message => message.subject).join(' / '), text: messages.map(message => message.text).join('\n') };
}

function renderIn(language: Language, event: ResortEvent, stay: Stay): Message {
  const values: Record<string, string | undefined> = {
    resort: stay.resort,
    date: dates[language].format(new Date(stay.date)),
    nights: String(stay.nights),
    rooms: String(stay.rooms),
    cost: event.cost === undefined ? undefined : money[language](event.cost),
    ticketnumber: event.ticketnumber,
    reason: event.reason === undefined ? undefined : texts[language].reasons[event.reason] ?? event.reason,
  };
  const { subject, text } = texts[language].events[event.name];
  return { subject, text: text.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '–') };
}
