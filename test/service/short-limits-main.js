/** Starts the built service as server/main.ts does, but with the limits that SHORT_LIMITS (JSON) names. For tests only. */
const path = require('node:path');
require('reflect-metadata');

const built = (file) => require(path.resolve(__dirname, '../../dist/server', file));
const { takeConfig, describeMistakes } = built('config.js');
const { defaultLimits } = built('limits.js');
const { readOrMakeKey } = built('key-file.js');

const calls = { ...defaultLimits.calls, ...JSON.parse(process.env['SHORT_LIMITS'] ?? '{}') };
const config = takeConfig(process.env, { ...defaultLimits, calls });
if (!config.ok) throw new Error(describeMistakes(config.problem));
const key = readOrMakeKey(config.value.keyFile);
if (!key.ok) throw new Error('no key file');

built('start-service.js')
  .startService({
    config: config.value,
    clock: built('clock.js').systemClock(),
    log: built('log.js').openLog(config.value.logLevel),
    key: key.value,
    country: 'CZ',
    terminal: undefined,
  })
  .then((service) => process.once('SIGTERM', () => service.stop().then(() => process.exit(0))));
