/** Every sentence of the page in Romanian; the keys are those of english.ts. */
import type { Catalogue } from './text';

export const romanian: Catalogue = {};
