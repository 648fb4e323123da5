/**
 * What callers hear at one place: texts of ours, uploaded sounds and spoken figures, one after the other. A part can be heard
 * at once, and a sound uploaded without leaving the form.
 */
import { useState } from 'react';
import type { Language, Prompt, PromptPart } from '../../../../call-router/state/office';
import { soundIdOf } from '../../../../call-router/values/ids';
import { useDocument } from '../../api/documents';
import { useOffice } from '../../api/office';
import { promptPath, soundPath, useOwnPrompts } from '../../api/sounds';
import { IconButton } from '../../parts/button';
import { PlayButton } from '../../parts/play-button';
import { t } from '../../text/text';
import { UploadDialog } from './sounds/upload-dialog';

interface PromptFieldProps {
  readonly label: string;
  readonly prompt: Prompt;
  /** What no part means; left out: silence. */
  readonly none?: string;
  readonly wrong?: string | undefined;
  readonly onChange: (prompt: Prompt) => void;
}

const partsMax = 20;

export function PromptField({ label, prompt, none, wrong, onChange }: PromptFieldProps) {
  const [uploadsTo, setUploadsTo] = useState<number>();
  const put = (place: number, part: PromptPart) =>
    onChange(place < prompt.length ? prompt.map((each, at) => (at === place ? part : each)) : [...prompt, part]);
  const places = prompt.length < partsMax ? [...prompt, undefined] : prompt;
  return (
    <fieldset className="field prompt-field">
      <legend>{label}</legend>
      {places.map((part, place) => (
        <PartRow
          key={place}
          part={part}
          label={t('prompt.part', { what: label, place: place + 1 })}
          none={place === 0 ? (none ?? t('prompt.none')) : t('prompt.then')}
          onChange={(next) => put(place, next)}
          onUpload={() => setUploadsTo(place)}
          onRemove={() => onChange(prompt.filter((_, at) => at !== place))}
        />
      ))}
      {wrong && <p className="field-wrong">{wrong}</p>}
      {uploadsTo !== undefined && (
        <UploadDialog
          kind="greeting"
          onClose={() => setUploadsTo(undefined)}
          onDone={({ id }) => put(uploadsTo, { sound: soundIdOf(id) })}
        />
      )}
    </fieldset>
  );
}

interface PartRowProps {
  readonly part: PromptPart | undefined;
  readonly label: string;
  readonly none: string;
  readonly onChange: (part: PromptPart) => void;
  readonly onUpload: () => void;
  readonly onRemove: () => void;
}

function PartRow({ part, label, none, onChange, onUpload, onRemove }: PartRowProps) {
  const choose = (value: string) => {
    if (value === 'upload') return onUpload();
    if (value === 'digits') return onChange({ digits: '0' });
    const id = value.slice(2);
    return onChange(value.startsWith('s') ? { sound: soundIdOf(id) } : { say: id });
  };
  return (
    <div className="prompt-part">
      {part && 'digits' in part ? (
        <input
          className="input num"
          aria-label={t('prompt.digits')}
          value={part.digits}
          pattern="[0-9*#]{1,32}"
          required
          onChange={(event) => onChange({ digits: event.target.value })}
        />
      ) : (
        <select
          className="input select"
          aria-label={label}
          value={valueOf(part)}
          onChange={(event) => choose(event.target.value)}
        >
          {part === undefined && <option value="">{none}</option>}
          <PartOptions part={part} />
        </select>
      )}
      <Heard part={part} />
      {part && <IconButton icon="close" label={t('prompt.remove')} onClick={onRemove} />}
    </div>
  );
}

function PartOptions({ part }: { readonly part: PromptPart | undefined }) {
  const sounds = (useOffice('sounds').data ?? []).filter(
    (sound) => sound.kind === 'greeting' || (part && 'sound' in part && part.sound === sound.id),
  );
  const language = useOfficeLanguage();
  const texts = useOwnPrompts().data ?? [];
  return (
    <>
      {part && 'number' in part && <option value="number">{part.number}</option>}
      <optgroup label={t('prompt.uploaded')}>
        {sounds.map((sound) => (
          <option key={sound.id} value={`s:${sound.id}`}>
            {sound.name}
          </option>
        ))}
        <option value="upload">{t('prompt.upload')}</option>
      </optgroup>
      <optgroup label={t('prompt.own')}>
        {inUsualOrder(texts).map((text) => (
          <option key={text.name} value={`t:${text.name}`}>
            {text.texts[language]}
          </option>
        ))}
      </optgroup>
      <option value="digits">{t('prompt.figures')}</option>
    </>
  );
}

function Heard({ part }: { readonly part: PromptPart | undefined }) {
  const language = useOfficeLanguage();
  if (!part) return null;
  if ('sound' in part) return <PlayButton src={soundPath(part.sound)} name={t('prompt.this')} />;
  if ('say' in part) return <PlayButton src={promptPath(part.say, language)} name={t('prompt.this')} />;
  return null;
}

function valueOf(part: PromptPart | undefined): string {
  if (!part) return '';
  if ('sound' in part) return `s:${part.sound}`;
  if ('say' in part) return `t:${part.say}`;
  return 'number';
}

export const useOfficeLanguage = (): Language => useDocument('language').data?.language ?? 'en';

/** Those that routes are made of come first; figures are made from digits. */
const usual = [
  'welcome',
  'menu-choose',
  'closed',
  'holiday',
  'goodbye',
  'all-agents-busy',
  'queue-greeting',
  'voicemail-greeting',
];

function inUsualOrder<Text extends { readonly name: string }>(texts: readonly Text[]): readonly Text[] {
  const first = usual.flatMap((name) => texts.find((text) => text.name === name) ?? []);
  return [...first, ...texts.filter(({ name }) => !usual.includes(name) && !/^[dn](\d+|-star|-hash)$/.test(name))];
}

/** A prompt in a few words, for a list. */
export function usePromptWords(): (prompt: Prompt) => string {
  const sounds = useOffice('sounds').data ?? [];
  const texts = useOwnPrompts().data ?? [];
  const language = useOfficeLanguage();
  const wordsOf = (part: PromptPart): string => {
    if ('sound' in part) return sounds.find(({ id }) => id === part.sound)?.name ?? t('many.gone');
    if ('say' in part) return texts.find(({ name }) => name === part.say)?.texts[language] ?? part.say;
    return 'digits' in part ? part.digits : String(part.number);
  };
  return (prompt) => prompt.map(wordsOf).join(' ');
}
