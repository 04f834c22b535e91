import { log, traceId } from '../log';
import type { Channel } from './channel';

/** Writes the message to the log, without whom it is for: what a system shows that has no way to its guests yet. */
export const logChannel: Channel = {
  name: 'log',
  canFail: false,
  refusal: () => undefined,
  async send({ event, subject, text }) {
    const { name, eventid, reservationid, correlationid, traceparent } = event;
    log.info('notification', { event: name, eventid, reservationid, correlationid, trace: traceId(traceparent), subject, text });
  },
};
