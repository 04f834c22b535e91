import { randomUUID } from 'node:crypto';
import type { DaprClient } from '@dapr/dapr';
import type { NextFunction, Request, Response } from 'express';
import { reasonOf, within } from './deadline';
import { log } from './log';
import { app, failures, pubsub } from './names';

const patience = 5_000;
const header = 'cloudevent.id';

/** The SDK hands over the data and the headers of a delivery, but not its envelope: so the envelope's id goes along as a header. */
export function keepEventId(request: Request, _response: Response, next: NextFunction): void {
  const id = (request.body as { id?: unknown } | undefined)?.id;
  if (typeof id === 'string') request.headers[header] = id;
  next();
}

/** Tells what could not be handled: Dapr adds nothing to a dead letter, so this is where its reason and its attempts come from. */
export async function tellFailure(dapr: DaprClient, failedtopic: string, headers: Record<string, string>, reason: string): Promise<void> {
  const failure = { failureid: risingId(), app, failedtopic, events: [{ eventid: headers[header] ?? '', reason }] };
  try {
    const { error } = await within(patience, pubsub, dapr.pubsub.publish(pubsub, failures, failure));
    if (error) throw error;
  } catch (error) {
    log.warning('what was not handled could not be told', { topic: failedtopic, reason: reasonOf(error) });
  }
}

/** A version 7 GUID: later ones are greater. */
function risingId(): string {
  const time = Date.now().toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`;
}
