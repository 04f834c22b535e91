import { randomUUID } from 'node:crypto';
import type { Channel } from './channels/channel';
import { reasonOf, within } from './deadline';
import type { ResortEvent, Stay } from './events';
import { log, traceId } from './log';
import { claim, settle } from './record';
import type { ReservationStore } from './store';
import { type Language, type Message, render } from './texts';

const patience = 10_000;

/** The event is to be delivered again. */
export class NotYet extends Error {}

const latest = (a: Stay | undefined, b: Stay | undefined): Stay | undefined => a && b ? ((b.revision ?? 0) > (a.revision ?? 0) ? b : a) : a ?? b;

/**
 * Tells the guest of an event, once per channel: what is to be sent is taken on in the reservation's record before it is sent, and settled after.
 * Only a crash between sending and settling sends again, with the same id.
 */
export class Notifier {
  constructor(
    private readonly store: ReservationStore,
    private readonly channels: readonly Channel[],
    private readonly languages: readonly Language[],
    private readonly now: () => Date = () => new Date(),
  ) {}

  async handle(event: ResortEvent): Promise<void> {
    const by = randomUUID();
    const { mine, busy, stay, message } = await this.store.change(event.reservationid, record => {
      const stay = latest(event.stay, record.stay);
      if (!stay) throw new NotYet('no event has told yet whose reservation it is');
      record.stay = stay;
      const message = render(event, stay, this.languages);
      return { ...claim(record, event, message, this.channels, by, this.now()), stay, message };
    });
    const outcomes = await Promise.all(mine.map(async channel => ({ channel, failure: await this.send(channel, event, stay, message) })));
    const toSettle = outcomes.filter(({ channel }) => channel.canFail);
    if (toSettle.length > 0) {
      await this.store.change(event.reservationid, record => {
        for (const { channel, failure } of toSettle) settle(record, event, channel, by, failure, this.now());
      });
    }
    const failed = outcomes.filter(({ failure }) => failure !== undefined).map(({ channel, failure }) => `${channel.name}: ${failure}`);
    if (failed.length > 0) throw new NotYet(failed.join('; '));
    if (busy) throw new NotYet('another delivery of it is being sent');
  }

  private async send(channel: Channel, event: ResortEvent, stay: Stay, message: Message): Promise<string | undefined> {
    try {
      await within(patience, channel.name, channel.send({ event, stay, ...message }));
      const { name, eventid, reservationid, correlationid, traceparent } = event;
      if (channel.canFail) log.info('sent', { channel: channel.name, event: name, eventid, reservationid, correlationid, trace: traceId(traceparent) });
      return undefined;
    } catch (error) {
      return reasonOf(error);
    }
  }
}
