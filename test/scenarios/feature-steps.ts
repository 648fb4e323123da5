/** Lines of transcripts about features that an administrator has switched off. */
import { features } from '../../call-router/state/feature-switch';
import type { Step } from './transcript';

export const featureSteps: readonly (readonly [RegExp, Step])[] = [
  [
    /^(\w+) is switched off$/,
    (p, [, name]) => {
      const feature = features.find((one) => one === name);
      if (feature === undefined) throw new Error(`no such feature: ${name}`);
      const office = p.pbx.board.view.directory;
      const directory = { ...office, features: { ...office.features, [feature]: false } };
      p.post({ from: 'store', type: 'directory-loaded', directory });
    },
  ],
];
