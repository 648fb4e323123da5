/** Every sentence of the page in Korean; the keys are those of english.ts. */
import type { Catalogue } from './text';

export const korean: Catalogue = {};
