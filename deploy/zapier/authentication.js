// An API key of one tenant, made with only the scopes that this app needs.
module.exports = {
  type: 'custom',
  fields: [
    { key: 'base_url', label: 'Address', required: true, helpText: 'Where your CustomerCrm answers: https://crm.example.com' },
    { key: 'api_key', label: 'API key', required: true, type: 'password', helpText: 'With the scopes webhooks:read, webhooks:write, customers:write, orders:write, interactions:write, tags:write and metadata:read.' },
  ],
  test: async (z, bundle) => (await z.request({ url: `${bundle.authData.base_url}/v1/webhooks/event_types` })).data,
  connectionLabel: '{{base_url}}',
};
