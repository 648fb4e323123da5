/** The help of each page in Korean. */
import type { Help } from './topics';

export const korean: Help = {};
