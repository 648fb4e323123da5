/** Every sentence of the page in Portuguese; the keys are those of english.ts. */
import type { Catalogue } from './text';

export const portuguese: Catalogue = {};
