/** The help of each page in Thai. */
import type { Help } from './topics';

export const thai: Help = {};
