/** The help of each page in Romanian. */
import type { Help } from './topics';

export const romanian: Help = {};
