import type { DaprClient } from '@dapr/dapr';
import type { Channel } from './channel';

/** Posts the message through a Dapr output binding; which server that is, and how often it is tried, is decided by YAML. */
export function webhookChannel(dapr: DaprClient, binding: string): Channel {
  return {
    name: 'webhook',
    canFail: true,
    refusal: () => undefined,
    async send({ event, stay, subject, text }) {
      const { name, eventid, reservationid, time, correlationid, traceparent } = event;
      const to = { name: stay.name, phone: stay.phone, email: stay.email };
      await dapr.binding.send(binding, 'post', { event: name, eventid, reservationid, time, correlationid, to, subject, text }, {
        'Idempotency-Key': eventid,
        'X-Correlation-Id': correlationid,
        ...(traceparent && { traceparent }),
      });
    },
  };
}
