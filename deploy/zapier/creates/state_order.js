module.exports = {
  key: 'state_order',
  noun: 'Order',
  display: { label: 'Create or Update Order', description: 'States an order by the id that it has in your shop. Running it again changes nothing.' },
  operation: {
    inputFields: [
      { key: 'source', label: 'Shop', type: 'string', required: true, default: 'zapier' },
      { key: 'external_id', label: 'Order ID in the Shop', type: 'string', required: true },
      { key: 'email', label: 'Customer Email', type: 'string', required: true },
      { key: 'payment_status', label: 'Payment Status', type: 'string', choices: ['pending', 'paid'], default: 'paid' },
      { key: 'item', label: 'Item', type: 'string', required: true },
      { key: 'quantity', label: 'Quantity', type: 'integer', default: '1' },
      { key: 'unit_price_minor', label: 'Unit Price in Cents', type: 'integer', required: true },
    ],
    perform: async (z, bundle) => {
      const { source, external_id, email, payment_status, item, quantity, unit_price_minor } = bundle.inputData;
      const path = `/v1/orders/by-external-id/${encodeURIComponent(source)}/${encodeURIComponent(external_id)}`;
      const body = { customer: { email }, payment_status, lines: [{ name: item, quantity: Number(quantity || 1), unit_price_minor: Number(unit_price_minor) }] };
      return (await z.request({ method: 'PUT', url: `${bundle.authData.base_url}${path}`, body })).data;
    },
    sample: { id: 'ord_06bz3ndq007cz8e2k4v5w6x7y8', customer_id: 'cus_06bz3ndq007cz8e2k4v5w6x7y8', total_minor: 2990 },
  },
};
