// A trigger by REST hook: Zapier subscribes when an automation is turned on and unsubscribes when it is turned off.
// What the editor shows (performList) is of exactly the shape that is delivered (perform).
module.exports = ({ key, noun, event, label, description, sample }) => ({
  key,
  noun,
  display: { label, description },
  operation: {
    type: 'hook',
    performSubscribe: async (z, bundle) =>
      (await z.request({ method: 'POST', url: `${bundle.authData.base_url}/v1/webhooks`, body: { url: bundle.targetUrl, events: [event], kind: 'subscription' } })).data,
    performUnsubscribe: async (z, bundle) => {
      const id = bundle.subscribeData.id;
      const response = await z.request({ method: 'DELETE', url: `${bundle.authData.base_url}/v1/webhooks/${id}`, skipThrowForStatus: true });
      return { id, status: response.status };
    },
    perform: (z, bundle) => [bundle.cleanedRequest],
    performList: async (z, bundle) => (await z.request({ url: `${bundle.authData.base_url}/v1/webhooks/samples/${event}` })).data.data,
    sample: { id: 'evt_06bz3ndq0074zaf1kqdtg9nxqw', type: event, timestamp: '2030-01-15T09:00:00Z', sequence: 128, payload: 'full', is_too_large: false, data: sample },
  },
});
