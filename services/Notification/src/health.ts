import type { RequestHandler } from 'express';

export const live: RequestHandler = (_request, response) => { response.sendStatus(200); };

/** Ready when the sidecar serves us. Its whole health waits for this app, and for a scheduler. */
export const ready = (sidecar: string): RequestHandler => (_request, response) => {
  fetch(`${sidecar}/v1.0/healthz/outbound`, { signal: AbortSignal.timeout(2_000) })
    .then(answer => answer.ok, () => false)
    .then(isReady => response.sendStatus(isReady ? 200 : 503));
};
