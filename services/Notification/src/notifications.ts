import type { Request, RequestHandler, Response } from 'express';
import { invalid } from './answers';
import { Collection } from './collection';
import type { Notification } from './record';
import type { ReservationStore } from './store';

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const sortFields: Record<string, (one: Notification) => string> = { time: one => one.time, event: one => one.event };

/** `GET /notifications?reservationid=`: what the guest of one reservation was told, in the order of the events unless another is asked for. */
export const getNotifications = (store: ReservationStore): RequestHandler => (request, response, next) => {
  answer(store, request, response).catch(next);
};

async function answer(store: ReservationStore, request: Request, response: Response): Promise<void> {
  const errors: Record<string, string[]> = {};
  const id = request.query.reservationid;
  if (typeof id !== 'string' || id === '') errors.reservationid = ['is missing.'];
  const collection = new Collection<Notification>(request, sortFields, 'time', errors);
  if (typeof id !== 'string' || Object.keys(errors).length > 0) return invalid(response, errors);

  const reservationid = id.toLowerCase();
  const all = guid.test(id) ? (await store.get(reservationid)).notifications : [];
  response.type('application/hal+json').send(JSON.stringify(collection.answer('notifications', all, one => resource(reservationid, one))));
}

const resource = (reservationid: string, { eventid, event, time, correlationid, subject, text, channels }: Notification) => ({
  eventid, event, reservationid, time, correlationid, subject, text,
  channels: Object.entries(channels).map(([channel, { status, attempts, time, reason }]) => ({ channel, status, attempts, time, reason })),
  _links: { view: { href: `/views/${reservationid}` } },
});
