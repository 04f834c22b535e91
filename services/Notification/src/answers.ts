import { randomUUID } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';
import { reasonOf } from './deadline';
import { log } from './log';

const header = 'x-correlation-id';

/** Gives every request a correlation id, takes over a sensible one of the caller, and echoes it. */
export function correlate(request: Request, response: Response, next: NextFunction): void {
  const given = request.get(header) ?? '';
  response.set(header, /^[\w.-]{1,64}$/.test(given) ? given : randomUUID());
  next();
}

/** Every error is an `application/problem+json` answer. */
function problem(response: Response, status: number, body: { type?: string; title: string; detail: string; errors?: Record<string, string[]> }): void {
  response.status(status).type('application/problem+json').send(JSON.stringify({ status, ...body, correlationid: response.get(header) }));
}

/** Names each field that was wrong. */
export function invalid(response: Response, errors: Record<string, string[]>): void {
  const detail = Object.entries(errors).map(([field, reasons]) => `${field}: ${reasons.join(' ')}`).join(' ');
  problem(response, 422, { type: 'urn:resort:invalid', title: 'The request is not valid.', detail, errors });
}

export function unauthorized(_request: Request, response: Response): void {
  problem(response, 401, { title: 'Unauthorized', detail: 'Only the sidecar of this service may call it.' });
}

export function nothingHere(_request: Request, response: Response): void {
  problem(response, 404, { title: 'Not Found', detail: 'There is nothing at this address.' });
}

/** What was thrown: a body that cannot be read, by its own status, or something that does not answer. */
export function failed(error: Error & { status?: number }, request: Request, response: Response, next: NextFunction): void {
  if (response.headersSent) return next(error);
  correlate(request, response, () => {}); // a body is read before anything else
  if (error.status !== undefined && error.status < 500) problem(response, error.status, { title: 'Bad Request', detail: 'The body cannot be read.' });
  else {
    log.warning('could not be served', { path: request.path, correlationid: response.get(header), reason: reasonOf(error) });
    response.set('Retry-After', '1');
    problem(response, 503, { type: 'urn:resort:unavailable', title: 'Service Unavailable', detail: 'Something that this needs does not answer. Please try again.' });
  }
}
