/** Schemas of the steps of a route plan, one for each kind. Which step follows which, and circles, prisma/office checks. */
import { Type } from '@sinclair/typebox';
import type { RouteStep } from '../../../call-router/state/office';
import { closed, id, line, list, oneOf } from './schema';
import { prompt } from './prompt-schemas';
import { language } from './office-schemas';

const step = Type.Optional(Type.String({ pattern: '^[A-Za-z0-9_-]{1,40}$', description: 'name of the next step' }));
const ringS = Type.Integer({ minimum: 3, maximum: 300, description: 'seconds' });
const is = <Kind extends RouteStep['kind']>(kind: Kind) => ({ kind: oneOf([kind]) });
const number = line(32, 'a number to call');

const choice = Type.Object(
  {
    digits: Type.String({ pattern: '^[0-9*#]{1,8}$', description: '1 to 8 keys' }),
    label: Type.Optional(line(100)),
    language: Type.Optional(language),
    next: step,
  },
  closed,
);
const target = Type.Object(
  {
    userId: Type.Optional(id),
    groupId: Type.Optional(id),
    delayS: Type.Optional(Type.Integer({ minimum: 0, maximum: 300 })),
  },
  closed,
);

const kinds = [
  Type.Object({ ...is('hours'), calendarId: id, open: step, closed: step }, closed),
  Type.Object({ ...is('greeting'), prompt, next: step }, closed),
  Type.Object(
    {
      ...is('menu'),
      prompt,
      choices: list(choice, 50),
      directExtension: Type.Boolean(),
      timeoutS: Type.Integer({ minimum: 1, maximum: 60, description: 'seconds' }),
      triesMax: Type.Integer({ minimum: 1, maximum: 10 }),
      noChoice: step,
    },
    closed,
  ),
  Type.Object({ ...is('responsible'), ringS, next: step }, closed),
  Type.Object(
    { ...is('ring'), order: oneOf(['all', 'in-order', 'delayed']), targets: list(target, 100), ringS, next: step },
    closed,
  ),
  Type.Object({ ...is('queue'), queueId: id, next: step }, closed),
  Type.Object({ ...is('voicemail'), mailboxId: id }, closed),
  Type.Object({ ...is('external'), number, trunkId: Type.Optional(id), ringS, next: step }, closed),
  Type.Object({ ...is('plan'), planId: id }, closed),
  Type.Object({ ...is('hang-up'), prompt: Type.Optional(prompt) }, closed),
];

/** `discriminator`: what is wrong is said of the one kind that was meant. */
export const routeStep = Type.Unsafe<RouteStep>({
  type: 'object',
  discriminator: { propertyName: 'kind' },
  required: ['kind'],
  oneOf: kinds,
});
