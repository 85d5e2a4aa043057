const { befores, afters } = require('./middleware');

const creates = ['find_or_create_customer', 'state_order', 'record_interaction', 'tag_customer'].map((name) => require(`./creates/${name}`));

module.exports = {
  version: require('./package.json').version,
  platformVersion: require('zapier-platform-core').version,
  flags: { cleanInputData: false },
  authentication: require('./authentication'),
  beforeRequest: befores,
  afterResponse: afters,
  triggers: require('./triggers'),
  creates: Object.fromEntries(creates.map((create) => [create.key, create])),
};
