// A saga on the official SDK's workflow worker and client: retries by hand, a timer racing an event, compensation, a crash of the sidecar.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import dapr from '@dapr/dapr';
import { Sidecar, component, until } from './support/sidecar.mjs';

const { DaprWorkflowClient, WorkflowRuntime } = dapr;
const [RUNNING, COMPLETED, FAILED, TERMINATED] = [0, 1, 3, 5];
const steps = new Map(); // instance → what its activities did
const did = (context, step) => { const id = context.getWorkflowInstanceId(); steps.set(id, [...steps.get(id) ?? [], step]); };
const sidecar = new Sidecar('saga', [component('store', 'state.sqlite', { connectionString: 'saga.db', actorStateStore: 'true' })]);
let runtime, client;

const activities = {
  hold: async (context, booking) => { did(context, 'hold'); return booking.rooms; },
  release: async (context, rooms) => { did(context, `release ${rooms}`); },
  charge: async (context, booking) => {
    did(context, 'charge');
    const attempts = steps.get(context.getWorkflowInstanceId()).filter(step => step === 'charge').length;
    if (booking.declined || attempts <= (booking.failures ?? 0)) throw new Error(booking.declined ? 'declined' : 'payment is down');
    return booking.cost;
  },
};

const later = (context, ms) => new Date(context.getCurrentUtcDateTime().getTime() + ms);

async function* charged(context, booking) { // the SDK has no retry policy: attempts and pauses by hand
  for (let attempt = 1; ; attempt++) {
    try { return yield context.callActivity('charge', booking); } catch (error) {
      if (booking.declined || attempt === 4) throw error;
      yield context.createTimer(later(context, 50 * attempt));
    }
  }
}

const workflows = {
  booking: async function* (context, booking) {
    const rooms = yield context.callActivity('hold', booking);
    try {
      if (booking.transfer) {
        context.setCustomStatus('awaiting deposit');
        const deposit = context.waitForExternalEvent('DepositReceived');
        const deadline = context.createTimer(later(context, booking.transfer));
        if ((yield context.whenAny([deposit, deadline])) === deadline) throw new Error('deposit expired');
        return { status: 'Confirmed', paid: deposit.getResult() };
      }
      return { status: 'Confirmed', paid: yield* charged(context, booking) };
    } catch (error) {
      yield context.callActivity('release', rooms);
      return { status: 'Rejected', reason: /declined|expired|down/.exec(error.message)[0] };
    }
  },
  waiting: async function* (context) { return yield context.waitForExternalEvent('go'); },
};

async function connect() {
  const options = { daprHost: '127.0.0.1', daprPort: String(sidecar.grpcPort), grpcOptions: { 'grpc.use_local_subchannel_pool': 1 } };
  runtime = new WorkflowRuntime(options);
  for (const [name, workflow] of Object.entries(workflows)) runtime.registerWorkflowWithName(name, workflow);
  for (const [name, activity] of Object.entries(activities)) runtime.registerActivityWithName(name, activity);
  await runtime.start();
  client = new DaprWorkflowClient(options);
}

async function disconnect() {
  await runtime?.stop().catch(() => {});
  await client?.stop().catch(() => {});
}

before(async () => { await sidecar.start(); await connect(); });
after(async () => { await disconnect(); await sidecar.stop(); });

async function book(booking) {
  const id = await client.scheduleNewWorkflow('booking', booking);
  return { id, ...await result(id) };
}

async function result(id) {
  const state = await client.waitForWorkflowCompletion(id, true, 30);
  return { status: state.runtimeStatus, output: state.serializedOutput ? JSON.parse(state.serializedOutput) : undefined };
}

test('a saga whose steps succeed', async () => {
  const { id, output } = await book({ rooms: 2, cost: 300 });
  assert.deepEqual(output, { status: 'Confirmed', paid: 300 });
  assert.deepEqual(steps.get(id), ['hold', 'charge']);
});

test('a step that fails twice succeeds at its third attempt', async () => {
  const { id, output } = await book({ rooms: 2, cost: 300, failures: 2 });
  assert.deepEqual(output, { status: 'Confirmed', paid: 300 });
  assert.deepEqual(steps.get(id), ['hold', 'charge', 'charge', 'charge']);
});

test('a declined charge gives the rooms back', async () => {
  const { id, output } = await book({ rooms: 2, cost: 300, declined: true });
  assert.deepEqual(output, { status: 'Rejected', reason: 'declined' });
  assert.deepEqual(steps.get(id), ['hold', 'charge', 'release 2']);
});

test('a deposit in time wins over the deadline', async () => {
  const id = await client.scheduleNewWorkflow('booking', { rooms: 1, transfer: 20000 });
  await client.raiseEvent(id, 'DepositReceived', 150);
  assert.deepEqual((await result(id)).output, { status: 'Confirmed', paid: 150 });
});

test('a deposit that does not come gives the rooms back', async () => {
  const { id, output } = await book({ rooms: 1, transfer: 200 });
  assert.deepEqual(output, { status: 'Rejected', reason: 'expired' });
  assert.deepEqual(steps.get(id), ['hold', 'release 1']);
});

test('a workflow is terminated and purged', async () => {
  const id = await client.scheduleNewWorkflow('waiting', null);
  assert.equal((await client.getWorkflowState(id, false)).runtimeStatus, RUNNING);
  await client.terminateWorkflow(id, 'by staff');
  assert.deepEqual(await result(id), { status: TERMINATED, output: 'by staff' });
  assert.equal(await client.purgeWorkflow(id), true);
  assert.equal(await client.getWorkflowState(id, false), undefined);
});

test('an unknown workflow fails', async () => {
  const id = await client.scheduleNewWorkflow('nobody knows', null);
  assert.equal((await result(id)).status, FAILED);
});

test('a workflow goes on after the sidecar was killed', async () => {
  const id = await client.scheduleNewWorkflow('booking', { rooms: 1, transfer: 60000 });
  await until('the hold is stored', () => client.getWorkflowState(id, true), state => state.customStatus === 'awaiting deposit');
  await sidecar.kill('SIGKILL');
  await disconnect();
  await sidecar.start();
  await connect();
  await client.raiseEvent(id, 'DepositReceived', 90);
  assert.deepEqual(await result(id), { status: COMPLETED, output: { status: 'Confirmed', paid: 90 } });
  assert.deepEqual(steps.get(id), ['hold'], 'a step that was answered does not run again');
});
