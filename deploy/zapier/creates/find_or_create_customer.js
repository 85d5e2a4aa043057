const { customer, ownFields, customerOf } = require('./fields');

module.exports = {
  key: 'find_or_create_customer',
  noun: 'Customer',
  display: { label: 'Find or Create Customer', description: 'Finds the customer with this e-mail address or phone number, or creates one. Running it again changes nothing.' },
  operation: {
    inputFields: [...customer, ownFields],
    perform: async (z, bundle) => {
      const { data } = await z.request({ method: 'POST', url: `${bundle.authData.base_url}/v1/customers/resolve`, body: { ...customerOf(bundle.inputData), policy: 'create_if_missing' } });
      if (!data.customer) throw new z.errors.HaltedError('The e-mail address and the phone number are different customers\'.');
      return { ...data.customer, outcome: data.outcome };
    },
    sample: { id: 'cus_06bz3ndq007cz8e2k4v5w6x7y8', name: 'Ada Lovelace', email: 'ada@example.com', outcome: 'created' },
  },
};
