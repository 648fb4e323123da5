/** Schemas of what is said: texts of ours by name, uploaded sounds, figures. */
import { Type } from '@sinclair/typebox';
import type { Prompt } from '../../../call-router/state/office';
import { closed, id, list } from './schema';

export const promptName = Type.String({ pattern: '^[a-z0-9-]{1,60}$', description: 'a prompt of ours by name' });

export const prompt = Type.Unsafe<Prompt>(
  list(
    Type.Union([
      Type.Object({ say: promptName }, closed),
      Type.Object({ sound: id }, closed),
      Type.Object({ digits: Type.String({ pattern: '^[0-9*#]{1,32}$' }) }, closed),
      Type.Object({ number: Type.Integer({ minimum: 0, maximum: 1_000_000 }) }, closed),
    ]),
    20,
  ),
);
