import { type DaprClient, type DaprServer, DaprPubSubStatusEnum } from '@dapr/dapr';
import { reasonOf } from './deadline';
import { UnreadableEvent, readEvent } from './events';
import { tellFailure } from './failures';
import { log, traceId } from './log';
import { type EventName, deadLetters, eventNames, pubsub, topicOf } from './names';
import type { Notifier } from './notifier';

/**
 * Subscribes to every status event. Not in bulk: the SDK handles the entries of a batch one after the other, so that one slow receiver would hold
 * up everybody behind it.
 */
export async function subscribe(server: DaprServer, notifier: Notifier): Promise<void> {
  for (const event of eventNames) {
    await server.pubsub.subscribeWithOptions(pubsub, topicOf(event), {
      deadLetterTopic: deadLetters,
      callback: (data, headers) => deliver(event, data, headers as Record<string, string>, notifier, server.client),
    });
  }
}

/** The SDK takes an exception for success, so every outcome is said. */
async function deliver(
  name: EventName, data: unknown, headers: Record<string, string>, notifier: Notifier, dapr: DaprClient,
): Promise<DaprPubSubStatusEnum> {
  try {
    await notifier.handle(readEvent(name, data, headers.traceparent));
    return DaprPubSubStatusEnum.SUCCESS;
  } catch (error) {
    const { eventid, reservationid, correlationid } = (data ?? {}) as Record<string, string | undefined>;
    const reason = reasonOf(error);
    const fields = { event: name, eventid, reservationid, correlationid, trace: traceId(headers.traceparent), reason };
    await tellFailure(dapr, topicOf(name), headers, reason);
    if (error instanceof UnreadableEvent) {
      log.error('cannot be read and goes to the dead letters', fields);
      return DaprPubSubStatusEnum.DROP;
    }
    log.warning('not sent, to be delivered again', fields);
    return DaprPubSubStatusEnum.RETRY;
  }
}
