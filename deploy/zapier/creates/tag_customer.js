module.exports = {
  key: 'tag_customer',
  noun: 'Tag',
  display: { label: 'Tag Customer', description: 'Puts a tag on a customer; a new name makes a new tag.' },
  operation: {
    inputFields: [
      { key: 'customer_id', label: 'Customer ID', type: 'string', required: true },
      { key: 'tag', label: 'Tag', type: 'string', required: true },
    ],
    perform: async (z, bundle) => {
      const { customer_id, tag } = bundle.inputData;
      return (await z.request({ method: 'POST', url: `${bundle.authData.base_url}/v1/customers/${customer_id}/tags`, body: { names: [tag] } })).data;
    },
    sample: { added: 1, already_there: 0 },
  },
};
