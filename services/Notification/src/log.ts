import type { LoggerService } from '@dapr/dapr';

export type Fields = Record<string, string | number | undefined>;

function write(level: string, message: string, fields: Fields): void {
  process.stdout.write(`${JSON.stringify({ time: new Date().toISOString(), level, message, ...fields })}\n`);
}

/** One JSON object per line; one line per business fact, no personal data. */
export const log = {
  info: (message: string, fields: Fields = {}) => write('info', message, fields),
  warning: (message: string, fields: Fields = {}) => write('warning', message, fields),
  error: (message: string, fields: Fields = {}) => write('error', message, fields),
};

/** The id of the trace in a `traceparent` header; all zeros mean that there is none. */
export const traceId = (traceparent: string | undefined): string | undefined => /^\w\w-(?!0+-)(\w{32})-/.exec(traceparent ?? '')?.[1];

/** What the SDK has to say, if it is wrong. */
export const sdkLog: LoggerService = {
  error: (message: unknown) => log.error(String(message)),
  warn: (message: unknown) => log.warning(String(message)),
  info() {},
  verbose() {},
  debug() {},
};
