// The names that the C# services have in Contracts; a test holds the two lists together.
export const app = 'notification';
export const pubsub = 'pubsub';
export const store = 'notification-store';
export const webhook = 'notification-webhook';
export const deadLetters = `${app}-dead`;
export const failures = 'delivery-failed';

/** Every event that changes something a guest can see. */
export const eventNames = [
  'ReservationHeld', 'ReservationPaid', 'ReservationConfirmed', 'ReservationRejected', 'ReservationChanged', 'ReservationCancelling', 'ReservationCancelled', 'CancellationRefused',
  'PaymentPaid', 'PaymentDeclined', 'PaymentAwaitingDeposit', 'PaymentRefunded', 'PaymentVoided',
  'TicketIssued', 'TicketCheckedIn', 'TicketCancelled',
  'PointsEarned', 'PointsReversed', 'PointsRestored',
] as const;

export type EventName = (typeof eventNames)[number];

/** One topic per event, named by the event in kebab-case. */
export const topicOf = (event: EventName): string => event.replace(/(?<=.)[A-Z]/g, '-$&').toLowerCase();
