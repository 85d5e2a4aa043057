const customer = [
  { key: 'email', label: 'Email', type: 'string' },
  { key: 'phone', label: 'Phone', type: 'string' },
  { key: 'name', label: 'Name', type: 'string' },
];

// As GET /v1/metadata names them; all others are text.
const types = { number: 'number', integer: 'integer', money: 'integer', boolean: 'boolean', date: 'datetime', time: 'datetime' };

// The tenant's own fields, as they are now: in the editor they stand beside the fixed ones.
const ownFields = async (z, bundle) => {
  const { resources } = (await z.request({ url: `${bundle.authData.base_url}/v1/metadata` })).data;
  const fields = (resources.find((resource) => resource.name === 'customers') || { fields: [] }).fields;
  return fields.filter((field) => field.is_custom).map((field) => ({
    key: field.name.replace('.', '__'),
    label: field.label || field.name,
    type: types[field.type] || 'string',
    ...(field.choices ? { choices: field.choices.filter((choice) => !choice.is_retired).map((choice) => ({ value: choice.name, sample: choice.name, label: choice.label })) } : {}),
  }));
};

// What was filled in, and of the own fields what the API calls custom_fields.
const customerOf = (input) => {
  const details = {};
  for (const { key } of customer) if (input[key]) details[key] = input[key];
  const own = Object.entries(input).filter(([key, value]) => key.startsWith('custom_fields__') && value !== undefined && value !== '');
  if (own.length > 0) details.custom_fields = Object.fromEntries(own.map(([key, value]) => [key.slice('custom_fields__'.length), value]));
  return details;
};

module.exports = { customer, ownFields, customerOf };
