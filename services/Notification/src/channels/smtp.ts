import { createTransport } from 'nodemailer';
import type { Settings } from '../settings';
import type { Channel } from './channel';

const patience = 8_000;

/** Sends an e-mail. Its Message-ID is made of the event's id, by which mail servers know a copy. */
export function smtpChannel({ url, from }: Settings['smtp']): Channel {
  const server = createTransport({ url, connectionTimeout: patience, greetingTimeout: patience, socketTimeout: patience });
  return {
    name: 'smtp',
    canFail: true,
    refusal: stay => stay.email ? undefined : 'the guest gave no e-mail address',
    async send({ event, stay, subject, text }) {
      await server.sendMail({
        from,
        to: { name: stay.name, address: stay.email ?? '' },
        subject,
        text,
        messageId: `<${event.eventid.replace(/[^\w-]/g, '.')}@resort.notification>`,
        headers: { 'X-Correlation-Id': event.correlationid },
      });
    },
  };
}
