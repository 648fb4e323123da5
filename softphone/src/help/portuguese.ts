/** The help of each page in Portuguese. */
import type { Help } from './topics';

export const portuguese: Help = {};
