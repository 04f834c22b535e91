import { createServer } from 'node:http';
import { CommunicationProtocolEnum, DaprServer } from '@dapr/dapr';
import express from 'express';
import { correlate, failed, nothingHere } from './answers';
import { channelsOf } from './channels';
import { reasonOf } from './deadline';
import { keepEventId } from './failures';
import { live, ready } from './health';
import { log, sdkLog } from './log';
import { getNotifications } from './notifications';
import { Notifier } from './notifier';
import { openApi } from './openapi';
import { readSettings } from './settings';
import { sidecarOnly } from './sidecar-only';
import { ReservationStore } from './store';
import { subscribe } from './subscriptions';

async function run(): Promise<void> {
  const settings = readSettings(process.env);
  const app = express().disable('x-powered-by').disable('etag').use(sidecarOnly(settings.appApiToken));
  app.listen = ((port: number) => createServer(app).listen(port, settings.host)) as typeof app.listen; // the SDK would listen on every address
  const server = new DaprServer({
    serverHttp: app,
    serverPort: String(settings.port),
    communicationProtocol: CommunicationProtocolEnum.HTTP,
    clientOptions: { daprHost: settings.daprHost, daprPort: settings.daprPort },
    logger: { service: sdkLog },
  });
  const store = new ReservationStore(server.client);
  app.get('/health/live', live);
  app.get('/health/ready', ready(`http://${settings.daprHost}:${settings.daprPort}`));
  app.get('/notifications', correlate, getNotifications(store));
  app.get('/openapi.json', openApi);
  app.use(keepEventId);
  await subscribe(server, new Notifier(store, channelsOf(settings, server.client), settings.languages));
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop(server));
  await server.start();
  app.use(correlate, nothingHere);
  app.use(failed);
}

/** Takes nothing new, and lets what runs finish. */
async function stop(server: DaprServer): Promise<void> {
  await server.stop();
  await server.client.stop();
  process.exit(0);
}

run().catch((error: unknown) => {
  log.error(reasonOf(error));
  process.exit(1);
});
