/** The help of each page in Czech. */
import type { Help } from './topics';

export const czech: Help = {};
