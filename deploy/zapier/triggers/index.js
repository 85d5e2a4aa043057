const hook = require('./hook');

module.exports = {
  customer_created: hook({
    key: 'customer_created', noun: 'Customer', event: 'customer.created', label: 'New Customer', description: 'Triggers when a customer is created.',
    sample: { id: 'cus_06bz3ndq007cz8e2k4v5w6x7y8', name: 'Ada Lovelace', email: 'ada@example.com' },
  }),
  order_paid: hook({
    key: 'order_paid', noun: 'Order', event: 'order.paid', label: 'Order Paid', description: 'Triggers when an order is paid.',
    sample: { id: 'ord_06bz3ndq007cz8e2k4v5w6x7y8', customer_id: 'cus_06bz3ndq007cz8e2k4v5w6x7y8', total_minor: 2990, currency: 'EUR' },
  }),
  segment_entered: hook({
    key: 'segment_entered', noun: 'Member', event: 'segment.entered', label: 'Customer Entered Segment', description: 'Triggers when a customer enters a segment.',
    sample: { segment_id: 'seg_06bz3ndq007cz8e2k4v5w6x7y8', segment_name: 'Loyal customers', customer_id: 'cus_06bz3ndq007cz8e2k4v5w6x7y8' },
  }),
};
