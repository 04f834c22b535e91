// The Notification service: what it subscribes to, what it tells, on which channels, and how often.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, test } from 'node:test';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mailServer } from './support/mail.mjs';
import { NotificationService, repository, webhookReceiver } from './support/notification.mjs';
import { until } from './support/sidecar.mjs';

const stay = { resortid: 'jeju-ocean', resort: 'Jeju Ocean', region: 'Jeju', date: '2027-05-20', nights: 2, rooms: 1, persons: 2, name: 'Kim Minji', phone: '010-1234-5678' };
const running = [];
after(async () => { for (const one of running.reverse()) await one.stop(); });
const started = async one => { running.push(one); return one; };
const service = async (settings, options) => started(await new NotificationService(settings, options).start());

function event(name, reservationid, more = {}) {
  return { eventid: `${reservationid}:${name}`, reservationid, version: 1, time: new Date().toISOString(), correlationid: `c-${reservationid.slice(0, 8)}`, ...more };
}
const held = (id, more = {}) => event('ReservationHeld', id, { stay: { ...stay, ...more }, cost: 520000, paymenttype: 'card' });

const usual = await service();

test('the topics and names are those of Contracts', async () => {
  const constants = file => [...readFileSync(join(repository, 'services/Contracts', file), 'utf8').matchAll(/const string (\w+) = "([^"]+)"/g)];
  const ofNoReservation = ['AllotmentChanged', 'DeliveryFailed'];
  const topics = constants('Topics.cs').filter(([, name]) => !ofNoReservation.includes(name)).map(([, , topic]) => topic);
  const subscriptions = await (await usual.ask('/dapr/subscribe')).json();
  assert.deepEqual(subscriptions.map(one => one.topic).sort(), topics.sort());
  for (const { pubsubname, deadLetterTopic } of subscriptions) assert.deepEqual([pubsubname, deadLetterTopic], ['pubsub', 'notification-dead']);
  const components = constants('Components.cs').map(([, , name]) => name);
  for (const name of ['pubsub', 'notification-store', 'notification-webhook']) assert.ok(components.includes(name), name);
});

test('every event has texts in both languages that tell the same things', () => {
  const [ko, en] = ['ko', 'en'].map(language => JSON.parse(readFileSync(join(repository, `services/Notification/src/texts/${language}.json`), 'utf8')));
  const placeholders = texts => Object.fromEntries(Object.entries(texts.events).map(([name, { text }]) => [name, text.match(/\{\w+\}/g).sort()]));
  assert.deepEqual(placeholders(ko), placeholders(en));
  assert.deepEqual(Object.keys(ko.reasons), Object.keys(en.reasons));
});

test('an event is told once, in Korean and English, with its correlation id in the log', async () => {
  const id = randomUUID();
  for (let times = 0; times < 3; times++) await usual.publish('reservation-held', held(id));
  await usual.publish('ticket-issued', event('TicketIssued', id, { stay, issuedid: 'i', ticketnumber: 'JJ-1' }));
  const [first, second] = await usual.untilTold(id, 2);
  assert.equal(first.text, 'Jeju Ocean 객실 1개를 2027년 5월 20일부터 2박 동안 확보했습니다. 결제하실 금액: 520,000원.\n1 room(s) at Jeju Ocean from 20 May 2027 for 2 night(s) are held for you. Amount due: KRW 520,000.');
  assert.equal(second.subject, '이용권이 발급되었습니다 / Your ticket');
  assert.deepEqual(first.channels.map(({ channel, status, attempts }) => ({ channel, status, attempts })), [{ channel: 'log', status: 'sent', attempts: 1 }]);
  await until('all copies are delivered', () => usual.deliver('reservation-held', held(id)), status => status === 'SUCCESS');
  const lines = usual.lines.filter(line => line.eventid === `${id}:ReservationHeld`);
  assert.deepEqual(lines.map(line => [line.message, line.correlationid]), [['notification', `c-${id.slice(0, 8)}`]]);
  assert.ok(!JSON.stringify(lines).includes('Kim'), 'no personal data in the log');
});

test('an event that does not say whose reservation it is waits for one that does', async () => {
  const id = randomUUID();
  assert.equal(await usual.deliver('payment-refunded', event('PaymentRefunded', id, { cost: 1000 })), 'RETRY');
  await usual.publish('payment-refunded', event('PaymentRefunded', id, { cost: 1000 }));
  await usual.publish('reservation-held', held(id));
  const refunded = (await usual.untilTold(id, 2)).find(one => one.event === 'PaymentRefunded');
  assert.match(refunded.text, /KRW 1,000 for Jeju Ocean/);
});

test('what cannot be read is dropped, which makes it a dead letter', async () => {
  for (const data of ['text', 7, [], {}, { ...held(randomUUID()), eventid: '' }, { ...held(randomUUID()), stay: { name: 'x' } }]) {
    assert.equal(await usual.deliver('reservation-held', data), 'DROP', JSON.stringify(data));
  }
});

test('many events of many reservations at the same time', async () => {
  const ids = Array.from({ length: 40 }, () => randomUUID());
  const deliveries = ids.flatMap(id => ['ReservationHeld', 'PaymentPaid', 'ReservationPaid'].flatMap(name => {
    const topic = name.replace(/(?<=.)[A-Z]/g, '-$&').toLowerCase();
    return [1, 2].map(() => usual.deliver(topic, event(name, id, { stay, cost: 1 })));
  }));
  assert.deepEqual(new Set(await Promise.all(deliveries)), new Set(['SUCCESS']));
  for (const id of ids) assert.equal((await usual.told(id)).length, 3);
});

test('notifications come in pages, and wrong questions are answered', async () => {
  const id = randomUUID();
  await usual.deliver('reservation-held', held(id));
  await usual.deliver('payment-paid', event('PaymentPaid', id, { stay, cost: 1 }));
  const answer = await usual.ask(`/notifications?reservationid=${id.toUpperCase()}&page=1&size=1`);
  assert.equal(answer.headers.get('content-type').split(';')[0], 'application/hal+json');
  const { _embedded, page, _links } = await answer.json();
  assert.deepEqual([_embedded.notifications.map(one => one.event), page], [['PaymentPaid'], { size: 1, totalElements: 2, totalPages: 2, number: 1 }]);
  assert.deepEqual(Object.keys(_links), ['self', 'first', 'prev', 'last']);
  assert.deepEqual((await (await usual.ask(_links.prev.href)).json())._embedded.notifications.map(one => one.event), ['ReservationHeld']);
  assert.deepEqual((await usual.told(id, '&sort=event')).map(one => one.event), ['PaymentPaid', 'ReservationHeld']);
  assert.deepEqual((await usual.told(id, '&sort=event,desc&sort=time')).map(one => one.event), ['ReservationHeld', 'PaymentPaid']);
  for (const none of [randomUUID(), 'a||b', '%00']) assert.deepEqual(await usual.told(none), []);
  for (const [query, field] of [['', 'reservationid'], [`?reservationid=${id}&size=0`, 'size'], [`?reservationid=${id}&page=-1`, 'page'], [`?reservationid=${id}&sort=text`, 'sort'], [`?reservationid=${id}&sort=time,up`, 'sort'], [`?reservationid=a&reservationid=b`, 'reservationid']]) {
    const refused = await usual.ask(`/notifications${query}`);
    const problem = await refused.json();
    assert.deepEqual([refused.status, Object.keys(problem.errors), problem.correlationid], [422, [field], refused.headers.get('x-correlation-id')]);
  }
  assert.equal((await usual.ask('/nowhere')).status, 404);
});

test('a webhook that fails gets the message again, and once it took it, never more', async () => {
  const receiver = await started(await webhookReceiver((_, count) => count <= 2 ? 500 : 204));
  const notification = await service({ Notification__Channels: 'log,webhook', Notification__Language: 'en' }, { webhook: receiver.url });
  const id = randomUUID();
  for (let times = 0; times < 3; times++) await notification.publish('reservation-held', held(id));
  const [{ channels, text }] = await notification.untilTold(id, 1);
  assert.deepEqual(channels.map(({ channel, status, attempts }) => [channel, status, attempts]), [['log', 'sent', 1], ['webhook', 'sent', 3]]);
  assert.equal(await notification.deliver('reservation-held', held(id)), 'SUCCESS');
  assert.equal(receiver.calls.length, 3);
  assert.deepEqual(receiver.calls[2].body.to, { name: stay.name, phone: stay.phone });
  assert.deepEqual([receiver.calls[2].key, receiver.calls[2].correlationid, receiver.calls[2].body.text], [`${id}:ReservationHeld`, `c-${id.slice(0, 8)}`, text]);
  assert.match(notification.lines.find(line => line.level === 'warning').reason, /received status code 500/);
});

test('of two deliveries at the same moment one sends', async () => {
  let answer;
  const receiver = await started(await webhookReceiver(() => new Promise(done => { answer = () => done(204); })));
  const notification = await service({ Notification__Channels: 'webhook' }, { webhook: receiver.url });
  const id = randomUUID();
  const first = notification.deliver('reservation-held', held(id));
  await until('the webhook is called', () => receiver.calls.length, calls => calls === 1);
  assert.equal(await notification.deliver('reservation-held', held(id)), 'RETRY');
  answer();
  assert.equal(await first, 'SUCCESS');
  assert.equal(await notification.deliver('reservation-held', held(id)), 'SUCCESS');
  assert.equal(receiver.calls.length, 1);
});

test('e-mail goes to guests who gave an address', async () => {
  const server = await started(await mailServer());
  const notification = await service({ Notification__Channels: 'smtp', Notification__Smtp__Url: server.url, Notification__Smtp__From: 'stay@resort.example' });
  const [with_, without] = [randomUUID(), randomUUID()];
  await notification.publish('reservation-held', held(with_, { email: 'minji@guest.example' }));
  await notification.publish('reservation-held', held(without));
  await notification.untilTold(with_, 1);
  assert.deepEqual((await notification.untilTold(without, 1))[0].channels[0].reason, 'the guest gave no e-mail address');
  assert.equal(server.mails.length, 1);
  assert.match(server.mails[0], /^To: Kim Minji <minji@guest\.example>/m);
  assert.match(server.mails[0], new RegExp(`^Message-ID:\\s+<${with_}\\.ReservationHeld@resort\\.notification>`, 'm'));
});

test('it is ready while its sidecar serves it, and ends on SIGTERM after what runs', async () => {
  let answer;
  const receiver = await started(await webhookReceiver(() => new Promise(done => { answer = () => done(204); })));
  const notification = await service({ Notification__Channels: 'webhook' }, { webhook: receiver.url });
  const statuses = async () => [(await notification.ask('/health/live')).status, (await notification.ask('/health/ready')).status];
  assert.deepEqual(await statuses(), [200, 200]);
  const delivery = notification.deliver('reservation-held', held(randomUUID()));
  await until('the webhook is called', () => receiver.calls.length, calls => calls === 1);
  notification.process.kill('SIGTERM');
  answer();
  assert.equal(await delivery, 'SUCCESS');
  assert.equal(await notification.ended, 0);
  notification.run();
  await until('it is back', statuses, ([, ready]) => ready === 200);
  await notification.sidecar.kill();
  assert.deepEqual(await statuses(), [200, 503]);
  assert.equal((await notification.ask(`/notifications?reservationid=${randomUUID()}`)).status, 503);
});

test('a wrong setting ends it with a line that says what is right', async () => {
  for (const [settings, expected] of [
    [{ Notification__Channels: 'log,pigeon' }, "Notification__Channels is one of log, webhook, smtp, not 'pigeon'"],
    [{ Notification__Language: 'fr' }, "Notification__Language is one of both, ko, en, not 'fr'"],
    [{ Notification__Channels: 'smtp' }, /^the channel smtp needs Notification__Smtp__Url/],
  ]) {
    const notification = new NotificationService();
    notification.run(settings);
    assert.equal(await notification.ended, 1);
    assert.equal(notification.lines.length, 1);
    assert.match(notification.lines[0].message, expected instanceof RegExp ? expected : new RegExp(expected));
  }
});
