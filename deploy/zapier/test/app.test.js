// Runs the app against a CustomerCrm that runs: CRM_URL and CRM_KEY say which. It must be able to reach this machine (Outbound:AllowInternal).
const assert = require('node:assert/strict');
const http = require('node:http');
const { after, before, test } = require('node:test');
const zapier = require('zapier-platform-core');
const App = require('..');

const appTester = zapier.createAppTester(App);
const authData = { base_url: process.env.CRM_URL, api_key: process.env.CRM_KEY };
const unique = `${Date.now()}`;
const keysOf = (object) => Object.keys(object).sort();

let server;
const delivered = [];
const waiting = [];

before(async () => {
  assert.ok(authData.base_url && authData.api_key, 'CRM_URL and CRM_KEY say which CustomerCrm to try.');
  server = http.createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += chunk));
    request.on('end', () => {
      response.writeHead(200).end();
      delivered.push(JSON.parse(body));
      waiting.splice(0).forEach((look) => look());
    });
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
});

after(() => server.close());

const deliveryOf = async (type) => {
  const until = Date.now() + 30_000;
  for (;;) {
    const found = delivered.find((message) => message.type === type);
    if (found) return found;
    assert.ok(Date.now() < until, `no ${type} was delivered`);
    await Promise.race([new Promise((look) => waiting.push(look)), new Promise((look) => setTimeout(look, 500))]);
  }
};

const create = (key, inputData) => appTester(App.creates[key].operation.perform, { authData, inputData });

const subscribed = async (key, act, check) => {
  const { performSubscribe, performUnsubscribe, performList, perform } = App.triggers[key].operation;
  const subscribeData = await appTester(performSubscribe, { authData, targetUrl: `http://127.0.0.1:${server.address().port}/${key}` });
  assert.match(subscribeData.id, /^whk_/);

  await act();
  const message = await deliveryOf(App.triggers[key].operation.sample.type);
  const [row] = await appTester(perform, { authData, cleanedRequest: message });
  const [sample] = await appTester(performList, { authData });
  assert.deepEqual(keysOf(row), keysOf(sample));
  assert.deepEqual(keysOf(row.data), keysOf(sample.data));
  assert.deepEqual(sample, message);
  check(row);

  const ended = await appTester(performUnsubscribe, { authData, subscribeData });
  assert.equal(ended.status, 204);
};

test('the app is sound', async () => {
  assert.equal(Object.keys(App.triggers).length, 3);
  assert.equal(Object.keys(App.creates).length, 4);
  const types = await appTester(App.authentication.test, { authData });
  for (const trigger of Object.values(App.triggers)) assert.ok(types.data.some((type) => type.type === trigger.operation.sample.type));
});

test('a sample is shown before anything has happened', async () => {
  const [sample] = await appTester(App.triggers.customer_created.operation.performList, { authData });
  assert.match(sample.data.id, /^cus_/);
});

test('a new customer', () => subscribed('customer_created', () => create('find_or_create_customer', { email: `ada${unique}@example.com`, name: 'Ada' }), (row) => assert.equal(row.data.name, 'Ada')));

test('an order that is paid', () =>
  subscribed('order_paid', () => create('state_order', { source: 'zapier', external_id: unique, email: `ada${unique}@example.com`, payment_status: 'paid', item: 'Tea', quantity: 2, unit_price_minor: 500 }), (row) => assert.equal(row.data.total_minor, 1000)));

test('a customer who enters a segment', async () => {
  const call = (method, path, body) => fetch(`${authData.base_url}/v1${path}`, { method, headers: { Authorization: `Bearer ${authData.api_key}`, 'Content-Type': 'application/json' }, body: JSON.stringify(body) }).then((answer) => answer.json());
  const segment = await call('POST', '/segments', { name: `Regulars ${unique}`, kind: 'static' });
  const customer = await create('find_or_create_customer', { email: `bob${unique}@example.com` });
  await subscribed('segment_entered', () => call('POST', `/segments/${segment.id}/members`, { customer_ids: [customer.id] }), (row) => assert.equal(row.data.customer_id, customer.id));
});

test('a customer is found the second time', async () => {
  const first = await create('find_or_create_customer', { email: `eve${unique}@example.com` });
  const second = await create('find_or_create_customer', { email: `EVE${unique}@example.com` });
  assert.deepEqual([first.outcome, second.outcome, second.id], ['created', 'matched', first.id]);
});

test('an interaction and a tag', async () => {
  const customer = await create('find_or_create_customer', { email: `kay${unique}@example.com` });
  const interaction = await create('record_interaction', { customer_id: customer.id, channel: 'phone', direction: 'inbound', subject: 'Hello' });
  const tags = await create('tag_customer', { customer_id: customer.id, tag: 'vip' });
  assert.equal(interaction.customer_id, customer.id);
  assert.equal(tags.added, 1);
});

test('the tenant\'s own fields are offered and filled in', async () => {
  const name = `size_${unique}`;
  await fetch(`${authData.base_url}/v1/custom_fields`, { method: 'POST', headers: { Authorization: `Bearer ${authData.api_key}`, 'Content-Type': 'application/json' }, body: JSON.stringify({ resource: 'customers', name, label: 'Shoe size', type: 'text' }) });
  const fields = await appTester(App.creates.find_or_create_customer.operation.inputFields.find((field) => typeof field === 'function'), { authData });
  assert.ok(fields.some((field) => field.label === 'Shoe size' && field.key === `custom_fields__${name}`));

  const customer = await create('find_or_create_customer', { email: `max${unique}@example.com`, [`custom_fields__${name}`]: '43' });
  assert.equal(customer.custom_fields[name], '43');
});

test('what is wrong is said field by field', async () => {
  await assert.rejects(create('record_interaction', { customer_id: 'cus_00000000000000000000000000', channel: 'phone', direction: 'inbound' }), /customer/i);
});
