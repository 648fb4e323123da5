/** Notices on the desktop of calls that ring unseen: shown, replaced and taken away at the right moment, each call by itself. */
import { CallNotices } from '../../../softphone/src/panel/call-notices';

let isSeen: boolean;
let desktop: Map<string, string>;
let notices: CallNotices;
beforeEach(() => {
  isSeen = false;
  desktop = new Map();
  notices = new CallNotices({
    isSeen: () => isSeen,
    make: ({ id, words }) => {
      desktop.set(id, words);
      return { close: () => void desktop.delete(id) };
    },
  });
});
const shown = () => [...desktop.values()];
const [anna, boris] = [
  { id: 'c1', words: 'Anna rings' },
  { id: 'c2', words: 'Boris rings' },
];

it('a call that rings unseen is shown until it rings no more; a second one beside it', () => {
  notices.ring([anna]);
  notices.ring([anna, boris]);
  expect(shown()).toEqual(['Anna rings', 'Boris rings']);
  notices.ring([boris]);
  expect(shown()).toEqual(['Boris rings']);
  notices.ring([]);
  expect(shown()).toEqual([]);
});

it('one that was seen when it began is shown once the person goes, and taken away when they come back', () => {
  isSeen = true;
  notices.ring([anna]);
  expect(shown()).toEqual([]);
  isSeen = false;
  notices.look();
  expect(shown()).toEqual(['Anna rings']);
  isSeen = true;
  notices.look();
  expect(shown()).toEqual([]);
});

it('who rings is better known a moment later: said in the same notice; one that was closed by hand stays away', () => {
  notices.ring([{ id: 'c1', words: '777 rings' }]);
  notices.ring([anna]);
  expect(shown()).toEqual(['Anna rings']);
  desktop.clear();
  notices.ring([{ ...anna }]);
  notices.look();
  expect(shown()).toEqual([]);
});
