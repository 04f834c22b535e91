import type { RequestHandler } from 'express';

const text = { type: 'string' };
const time = { type: 'string', format: 'date-time' };
const whole = { type: 'integer' };
const list = (items: object) => ({ type: 'array', items });
const record = (properties: Record<string, object>, optional: string[] = []) =>
  ({ type: 'object', properties, required: Object.keys(properties).filter(name => !optional.includes(name)) });
const query = (name: string, description: string, schema: object, required = false) => ({ name, in: 'query', description, required, schema });

const link = record({ href: text });
const channel = record({ channel: text, status: text, attempts: whole, time, reason: text }, ['time', 'reason']);
const notification = record({
  eventid: text, event: text, reservationid: text, time, correlationid: text, subject: text, text,
  channels: list(channel), _links: record({ view: link }),
});
const page = record({
  _embedded: record({ notifications: list(notification) }),
  page: record({ size: whole, totalElements: whole, totalPages: whole, number: whole }),
  _links: { type: 'object', additionalProperties: link },
});
const problem = record({ type: text, title: text, status: whole, detail: text, correlationid: text, errors: { type: 'object', additionalProperties: list(text) } }, ['type', 'errors']);
const answer = (description: string, type: string, schema: string) => ({ description, content: { [type]: { schema: { $ref: `#/components/schemas/${schema}` } } } });

const document = {
  openapi: '3.1.1',
  info: { title: 'notification', version: '1.0.0' },
  paths: {
    '/notifications': {
      get: {
        summary: 'What the guest of a reservation was told',
        parameters: [
          query('reservationid', "The reservation's id.", text, true),
          query('page', 'Pages count from 0.', { ...whole, minimum: 0, maximum: 1_000_000 }),
          query('size', 'Items of a page.', { ...whole, minimum: 1, maximum: 500 }),
          query('sort', 'A field, or field,desc; may be repeated. Fields: time, event.', text),
        ],
        responses: { 200: answer('OK', 'application/hal+json', 'NotificationPage'), 422: answer('Unprocessable Entity', 'application/problem+json', 'NotificationProblem') },
      },
    },
  },
  components: { schemas: { NotificationPage: page, NotificationProblem: problem } },
};

/** `GET /openapi.json`: what this service has for the public; the gateway puts the documents of all services together. */
export const openApi: RequestHandler = (_request, response) => { response.json(document); };
