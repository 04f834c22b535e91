import type { Request, RequestHandler, Response } from 'express';
import { invalid } from './answers';
import type { Notification } from './record';
import type { ReservationStore } from './store';

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** `GET /notifications?reservationid=`: what the guest of one reservation was told, in the order of the events. */
export const getNotifications = (store: ReservationStore): RequestHandler => (request, response, next) => {
  answer(store, request, response).catch(next);
};

async function answer(store: ReservationStore, request: Request, response: Response): Promise<void> {
  const errors: Record<string, string[]> = {};
  const id = request.query.reservationid;
  if (typeof id !== 'string' || id === '') errors.reservationid = ['is missing.'];
  const number = whole(request.query.page, 'page', 0, 0, 1_000_000, errors);
  const size = whole(request.query.size, 'size', 20, 1, 500, errors);
  if (typeof id !== 'string' || Object.keys(errors).length > 0) return invalid(response, errors);

  const reservationid = id.toLowerCase();
  const all = guid.test(id) ? (await store.get(reservationid)).notifications : [];
  all.sort((a, b) => a.time.localeCompare(b.time));
  response.type('application/hal+json').send(JSON.stringify({
    _embedded: { notifications: all.slice(number * size, (number + 1) * size).map(one => resource(reservationid, one)) },
    page: { size, totalElements: all.length, totalPages: Math.ceil(all.length / size), number },
    _links: { self: { href: `/notifications?reservationid=${encodeURIComponent(id)}` } },
  }));
}

const resource = (reservationid: string, { eventid, event, time, correlationid, subject, text, channels }: Notification) => ({
  eventid, event, reservationid, time, correlationid, subject, text,
  channels: Object.entries(channels).map(([channel, { status, attempts, time, reason }]) => ({ channel, status, attempts, time, reason })),
  _links: { view: { href: `/views/${reservationid}` } },
});

function whole(text: unknown, field: string, otherwise: number, least: number, most: number, errors: Record<string, string[]>): number {
  if (text === undefined) return otherwise;
  const number = typeof text === 'string' && /^\d{1,7}$/.test(text) ? Number(text) : -1;
  if (number >= least && number <= most) return number;
  errors[field] = [`must be from ${least} to ${most}.`];
  return otherwise;
}
