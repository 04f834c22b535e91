// The Notification service as `dapr run` starts it, beside a sidecar of its own.
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Sidecar, component, freePort, until } from './sidecar.mjs';

export const repository = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
const main = resolve(repository, 'services/Notification/dist/main.js');

const quickRetries = JSON.stringify({
  apiVersion: 'dapr.io/v1alpha1', kind: 'Resiliency', metadata: { name: 'quick' },
  spec: {
    policies: { retries: { quick: { policy: 'constant', duration: '20ms', maxRetries: 200 } } },
    targets: { components: { pubsub: { inbound: { retry: 'quick' } } } },
  },
});

export class NotificationService {
  lines = [];

  constructor(settings = {}, { webhook = '' } = {}) { Object.assign(this, { settings, webhook }); }

  async start() {
    this.port = await freePort();
    this.sidecar = new Sidecar('notification', [
      component('notification-store', 'state.sqlite', { connectionString: 'notification.db' }),
      component('pubsub', 'pubsub.sqlite', { connectionString: 'notification.db' }),
      component('notification-webhook', 'bindings.http', { url: this.webhook }),
      quickRetries,
    ], { appPort: this.port });
    this.sidecar.httpPort = await freePort();
    this.run();
    await this.sidecar.start();
    return this;
  }

  run(settings = this.settings) {
    this.process = spawn(process.execPath, [main], {
      env: { ...process.env, ...settings, APP_PORT: String(this.port), DAPR_HTTP_PORT: String(this.sidecar?.httpPort ?? 1) }, stdio: ['ignore', 'pipe', 'inherit'],
    });
    let rest = '';
    this.process.stdout.on('data', text => {
      const lines = (rest + text).split('\n');
      rest = lines.pop();
      this.lines.push(...lines.map(line => JSON.parse(line)));
    });
    this.ended = new Promise(done => this.process.on('close', done));
  }

  publish(topic, event) {
    return this.ask(`/v1.0/publish/pubsub/${topic}?metadata.partitionKey=${event.reservationid}`, event, this.sidecar.httpPort);
  }

  /** An event as the sidecar would deliver it; gives the SDK's word for what became of it. */
  async deliver(topic, data) {
    const [{ route }] = (await (await this.ask('/dapr/subscribe')).json()).filter(subscription => subscription.topic === topic);
    return (await (await this.ask(route, { data })).json()).status;
  }

  ask(path, body, port = this.port) {
    return fetch(`http://127.0.0.1:${port}${path}`, body === undefined ? {} : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  }

  async told(reservationid, query = '') {
    return (await (await this.ask(`/notifications?reservationid=${reservationid}${query}`)).json())._embedded.notifications;
  }

  /** The notifications of a reservation once so many have been taken on every channel. */
  untilTold(reservationid, count) {
    return until(`${count} notifications`, () => this.told(reservationid), all => all.length === count && all.every(one => one.channels.every(({ status }) => status === 'sent' || status === 'skipped')));
  }

  async stop() {
    this.process?.kill('SIGTERM');
    await this.ended;
    await this.sidecar?.stop();
  }
}

/** A server for webhooks that answers as it is told, and remembers what it got. */
export async function webhookReceiver(answer = () => 204) {
  const calls = [];
  const server = createServer(async (request, response) => {
    const chunks = await request.toArray();
    const call = { key: request.headers['idempotency-key'], correlationid: request.headers['x-correlation-id'], body: JSON.parse(Buffer.concat(chunks)) };
    calls.push(call);
    response.writeHead(await answer(call, calls.length)).end();
  });
  const port = await freePort();
  await new Promise(done => server.listen(port, '127.0.0.1', done));
  return { calls, url: `http://127.0.0.1:${port}/`, stop: () => { server.closeAllConnections(); server.close(); } };
}
