import { timingSafeEqual } from 'node:crypto';
import type { RequestHandler } from 'express';
import { correlate, unauthorized } from './answers';

/** Lets nobody past the own sidecar when there is a token: it sends the token with each call but health probes. */
export function sidecarOnly(token: string): RequestHandler {
  const expected = Buffer.from(token);
  return (request, response, next) => {
    const given = Buffer.from(request.get('dapr-api-token') ?? '');
    const isSidecar = given.length === expected.length && timingSafeEqual(given, expected);
    if (token === '' || request.path.startsWith('/health/') || isSidecar) return next();
    correlate(request, response, () => unauthorized(request, response));
  };
}
