import type { Channel } from './channels/channel';
import type { ResortEvent, Stay } from './events';
import type { Message } from './texts';

/** What became of a message on one channel. `by` is the delivery of the event that took it on, `until` when it counts as cut off. */
export interface Sending {
  status: 'sending' | 'sent' | 'failed' | 'skipped';
  attempts: number;
  time: string;
  reason?: string;
  by: string;
  until?: string;
}

export interface Notification extends Message {
  eventid: string;
  event: string;
  time: string;
  correlationid: string;
  channels: Record<string, Sending>;
}

/** All that is known of one reservation, under its id: whom to tell, and what they were told. */
export interface ReservationRecord {
  stay?: Stay;
  notifications: Notification[];
}

/** Longer than any channel may take. */
const lease = 20_000;

export interface Claim {
  /** What is to be sent now, by this delivery of the event and no other. */
  mine: Channel[];

  /** Another delivery of the event is sending at this moment. */
  busy: boolean;
}

/** Takes on what is still to be sent of an event. Done again by the same, it finds what it took. */
export function claim(record: ReservationRecord, event: ResortEvent, message: Message, channels: readonly Channel[], by: string, now: Date): Claim {
  const taken: Claim = { mine: [], busy: false };
  const notification = notificationOf(record, event, message);
  for (const channel of channels) {
    let sending = notification.channels[channel.name];
    if (!sending || (sending.by !== by && isFree(sending, now))) {
      sending = notification.channels[channel.name] = begin(channel, record.stay!, (sending?.attempts ?? 0) + 1, by, now);
    }
    if (sending.by === by && sending.status !== 'skipped') taken.mine.push(channel);
    else if (sending.status === 'sending') taken.busy = true;
  }
  return taken;
}

/** Writes down how it went; a failure only if nobody has taken it over meanwhile. */
export function settle(record: ReservationRecord, event: ResortEvent, channel: Channel, by: string, failure: string | undefined, now: Date): void {
  const sending = record.notifications.find(one => one.eventid === event.eventid)?.channels[channel.name];
  if (!sending || (failure !== undefined && sending.by !== by)) return;
  delete sending.until;
  sending.status = failure === undefined ? 'sent' : 'failed';
  sending.time = now.toISOString();
  if (failure === undefined) delete sending.reason;
  else sending.reason = failure;
}

function notificationOf(record: ReservationRecord, event: ResortEvent, message: Message): Notification {
  const known = record.notifications.find(one => one.eventid === event.eventid);
  if (known) return known;
  const { eventid, name, time, correlationid } = event;
  const added: Notification = { eventid, event: name, time, correlationid, subject: message.subject, text: message.text, channels: {} };
  record.notifications.push(added);
  return added;
}

const isFree = (sending: Sending, now: Date): boolean =>
  sending.status === 'failed' || (sending.status === 'sending' && new Date(sending.until ?? 0) <= now);

function begin(channel: Channel, stay: Stay, attempts: number, by: string, now: Date): Sending {
  const time = now.toISOString();
  const refusal = channel.refusal(stay);
  if (refusal !== undefined) return { status: 'skipped', attempts: 0, time, reason: refusal, by };
  if (!channel.canFail) return { status: 'sent', attempts, time, by };
  return { status: 'sending', attempts, time, by, until: new Date(now.getTime() + lease).toISOString() };
}
