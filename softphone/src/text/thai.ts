/** Every sentence of the page in Thai; the keys are those of english.ts. */
import type { Catalogue } from './text';

export const thai: Catalogue = {};
