/** Every sentence of the page in Czech; the keys are those of english.ts. */
import type { Catalogue } from './text';

export const czech: Catalogue = {};
