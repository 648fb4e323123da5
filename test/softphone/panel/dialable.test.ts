/** What is pasted to be called, as it is dialled. */
import { dialable, isDialable } from '../../../softphone/src/panel/dialable';

it.each([
  ['+420 777 123 456', '+420777123456'],
  ['+420\u00a0777\u00a0123\u00a0456', '+420777123456'],
  ['(02) 1234-5678', '0212345678'],
  ['+44 (0)20 7946 0958', '+442079460958'],
  ['0044 (0) 20.7946.0958', '00442079460958'],
  ['tel:+420-777-123-456;ext=5', '+420777123456'],
  ['tel:%2B420777123456', '+420777123456'],
  ['sip:102@office.example', '102'],
  ['+420 777–123–456', '+420777123456'],
  ['\u202a+420 777 123 456\u202c', '+420777123456'],
  ['+４２０７７７', '+420777'],
  ['*7001', '*7001'],
  ['*11#', '*11#'],
])('%s → %s', (typed, dialled) => {
  expect(dialable(typed)).toBe(dialled);
  expect(isDialable(typed)).toBe(true);
});

it.each(['Karel', '', '+', 'call 5', '100%'])('%p is a name or nothing', (typed) =>
  expect(isDialable(typed)).toBe(false),
);
