/** Sounds: those uploaded, and our own texts with what they say. A sound goes to the server as a WAV file, the body itself. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Language } from '../../../call-router/state/office';
import { keys } from './keys';
import { get, postFile } from './request';
import type { OfficeRows } from './office';

export interface OwnPrompt {
  readonly name: string;
  readonly texts: Readonly<Record<Language, string>>;
}

/** They come with the version: once is enough. */
export const useOwnPrompts = () =>
  useQuery({
    queryKey: keys.prompts,
    queryFn: ({ signal }) => get<{ readonly items: readonly OwnPrompt[] }>('/api/prompts', {}, signal),
    select: ({ items }) => items,
    staleTime: Number.POSITIVE_INFINITY,
  });

export const soundPath = (id: string): string => `/api/sounds/${encodeURIComponent(id)}/audio`;
export const promptPath = (name: string, language: Language): string => `/api/prompts/${language}.${name}/audio`;
export const ownMusicPath = '/api/prompts/music.own/audio';

export interface SoundToUpload {
  readonly wav: Blob;
  readonly name: string;
  readonly kind: 'greeting' | 'music' | 'prompt';
  readonly replaces?: { readonly prompt: string; readonly language: Language } | undefined;
}

export function useUploadSound() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ wav, name, kind, replaces }: SoundToUpload) =>
      postFile<OfficeRows['sounds']>('/api/sounds', wav, { name, kind, ...replaces }),
    onSuccess: () => queries.invalidateQueries({ queryKey: keys.office('sounds') }),
  });
}
