module.exports = {
  key: 'record_interaction',
  noun: 'Interaction',
  display: { label: 'Record Interaction', description: 'Puts a call, a chat or a message onto a customer\'s timeline.' },
  operation: {
    inputFields: [
      { key: 'customer_id', label: 'Customer ID', type: 'string', required: true },
      { key: 'channel', label: 'Channel', type: 'string', required: true, choices: ['email', 'phone', 'chat', 'sms'] },
      { key: 'direction', label: 'Direction', type: 'string', required: true, choices: ['inbound', 'outbound'] },
      { key: 'subject', label: 'Subject', type: 'string' },
      { key: 'body', label: 'Body', type: 'text' },
    ],
    perform: async (z, bundle) => (await z.request({ method: 'POST', url: `${bundle.authData.base_url}/v1/interactions`, body: bundle.inputData })).data,
    sample: { id: 'int_06bz3ndq007cz8e2k4v5w6x7y8', customer_id: 'cus_06bz3ndq007cz8e2k4v5w6x7y8', channel: 'phone' },
  },
};
