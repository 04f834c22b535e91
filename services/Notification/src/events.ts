import type { EventName } from './names';

/** Where, when and for whom; not every event tells it. */
export interface Stay {
  resort: string;
  date: string;
  nights: number;
  rooms: number;
  name: string;
  phone: string;
  email?: string;

  /** How often the guest has changed contact or needs: of two versions the higher one counts. */
  revision?: number;
}

/** What is read of an event; it may carry more. */
export interface ResortEvent {
  name: EventName;
  eventid: string;
  reservationid: string;
  time: string;
  correlationid: string;

  /** The W3C trace that it was published in: travels in the envelope. */
  traceparent?: string;
  stay?: Stay;
  cost?: number;
  ticketnumber?: string;
  reason?: string;
}

export class UnreadableEvent extends Error {}

const isText = (value: unknown): value is string => typeof value === 'string' && value.length > 0;

/** Takes the data of a delivery for an event. What the rest of the service relies on is looked at here. */
export function readEvent(name: EventName, data: unknown, traceparent?: string): ResortEvent {
  const event = data as Partial<ResortEvent> | null | undefined;
  if (typeof event !== 'object' || event === null) throw new UnreadableEvent('the data is not an object');
  for (const field of ['eventid', 'reservationid', 'time', 'correlationid'] as const) {
    if (!isText(event[field])) throw new UnreadableEvent(`${field} is missing`);
  }
  if (event.stay && !(isText(event.stay.resort) && isText(event.stay.date) && isText(event.stay.name))) throw new UnreadableEvent('stay is incomplete');
  return { ...(event as ResortEvent), name, ...(traceparent && { traceparent }) };
}
