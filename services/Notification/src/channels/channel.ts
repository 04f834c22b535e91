import type { ResortEvent, Stay } from '../events';
import type { Message } from '../texts';

/** A message on its way to a guest. Its id is the event's, so that whoever receives it twice can tell. */
export interface Outgoing extends Message {
  event: ResortEvent;
  stay: Stay;
}

/** A way to reach guests. */
export interface Channel {
  readonly name: string;

  /** Whether sending can fail; then it is written down before as begun, and after as done. */
  readonly canFail: boolean;

  /** Why this guest cannot be reached this way. */
  refusal(stay: Stay): string | undefined;

  /** Throws if the message was not taken. */
  send(message: Outgoing): Promise<void>;
}
