// State, publish and subscribe, invocation and secrets through the official SDK's HTTP client and server.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import dapr from '@dapr/dapr';
import { Sidecar, component, freePort, until } from './support/sidecar.mjs';

const { CommunicationProtocolEnum, DaprClient, DaprPubSubStatusEnum, DaprServer, HttpMethod, StateConcurrencyEnum } = dapr;
const secrets = join(tmpdir(), `resort-js-secrets-${process.pid}.json`);
const delivered = [];
let sidecar, server, client;

before(async () => {
  writeFileSync(secrets, JSON.stringify({ card: { key: 'k-1' }, plain: 'p-1' }));
  const appPort = await freePort();
  sidecar = new Sidecar('shop', [
    component('store', 'state.sqlite', { connectionString: 'shop.db' }),
    component('pubsub', 'pubsub.sqlite', { connectionString: 'shop.db' }),
    component('secrets', 'secretstores.local.file', { secretsFile: secrets }),
  ], { appPort });
  sidecar.httpPort = await freePort();
  const clientOptions = { daprHost: '127.0.0.1', daprPort: String(sidecar.httpPort), communicationProtocol: CommunicationProtocolEnum.HTTP };
  server = new DaprServer({ serverHost: '127.0.0.1', serverPort: String(appPort), communicationProtocol: CommunicationProtocolEnum.HTTP, clientOptions });
  let refusals = 1;
  await server.pubsub.subscribe('pubsub', 'orders', async data => { delivered.push(data); });
  await server.pubsub.subscribe('pubsub', 'stubborn', async () => {
    if (refusals-- > 0) return DaprPubSubStatusEnum.RETRY; // the SDK takes an exception for success
    delivered.push('at last');
  });
  await server.invoker.listen('echo', async call => ({ body: JSON.parse(call.body), query: call.query }), { method: HttpMethod.POST });
  const starting = server.start(); // it waits for the sidecar, and the sidecar waits for its port
  await sidecar.start();
  await starting;
  client = new DaprClient(clientOptions);
});

after(async () => {
  await client?.stop();
  await sidecar?.stop();
  await server?.stop();
  rmSync(secrets);
});

test('state: saved, read, listed, deleted', async () => {
  await client.state.save('store', [{ key: 'a', value: { rooms: 2 } }, { key: 'b', value: 'text' }]);
  assert.deepEqual(await client.state.get('store', 'a'), { rooms: 2 });
  const bulk = await client.state.getBulk('store', ['a', 'b', 'none']);
  assert.deepEqual(Object.fromEntries(bulk.map(item => [item.key, item.data])), { a: { rooms: 2 }, b: 'text', none: undefined });
  await client.state.delete('store', 'a');
  assert.ok(!await client.state.get('store', 'a'));
});

test('state: the second of two writers with one etag loses', async () => {
  await client.state.save('store', [{ key: 'race', value: 1 }]);
  const [{ etag }] = await client.state.getBulk('store', ['race']);
  const write = value => client.state.save('store', [{ key: 'race', value, etag, options: { concurrency: StateConcurrencyEnum.CONCURRENCY_FIRST_WRITE } }]);
  assert.equal((await write(2)).error, undefined);
  assert.match(String((await write(3)).error), /etag/);
  assert.equal(await client.state.get('store', 'race'), 2);
});

test('state: a transaction writes all of its operations', async () => {
  await client.state.save('store', [{ key: 'gone', value: 1 }]);
  await client.state.transaction('store', [
    { operation: 'upsert', request: { key: 'one', value: 'x' } },
    { operation: 'delete', request: { key: 'gone' } },
  ]);
  assert.equal(await client.state.get('store', 'one'), 'x');
  assert.ok(!await client.state.get('store', 'gone'));
});

test('publish and subscribe: a message arrives as it was published', async () => {
  await client.pubsub.publish('pubsub', 'orders', { reservation: 'r-1', rooms: 3 });
  await until('the message', () => delivered, all => all.some(data => data.reservation === 'r-1' && data.rooms === 3));
});

test('publish and subscribe: a subscriber that asks for it gets the message again', async () => {
  await client.pubsub.publish('pubsub', 'stubborn', { n: 1 });
  await until('the second delivery', () => delivered, all => all.includes('at last'), 30);
});

test('invocation: body, query and answer pass unchanged', async () => {
  const answer = await client.invoker.invoke('shop', 'echo?lang=ko', HttpMethod.POST, { name: '김민지' });
  assert.deepEqual(answer, { body: { name: '김민지' }, query: '/echo?lang=ko' });
});

test('secrets: one, and all', async () => {
  assert.deepEqual(await client.secret.get('secrets', 'plain'), { plain: 'p-1' });
  assert.deepEqual(await client.secret.getBulk('secrets'), { 'card:key': { 'card:key': 'k-1' }, plain: { plain: 'p-1' } });
});

test('metadata and health', async () => {
  assert.equal(await client.health.isHealthy(), true);
  const { id, components } = await client.metadata.get();
  assert.equal(id, 'shop');
  assert.deepEqual(components.map(c => c.name).sort(), ['pubsub', 'secrets', 'store']);
});
