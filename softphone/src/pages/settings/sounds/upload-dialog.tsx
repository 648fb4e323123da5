/** Uploads a sound: a file of any kind, its name, what it is for. What the server refuses is said, and the file stays chosen. */
import { useState } from 'react';
import type { Language } from '../../../../../call-router/state/office';
import { fieldProblem } from '../../../api/problem';
import { useUploadSound } from '../../../api/sounds';
import { notify } from '../../../frame/notices';
import { Dialog } from '../../../parts/dialog';
import { InputField, SelectField } from '../../../parts/field';
import { Form } from '../../../parts/form';
import { useHasMp3Maker } from '../../../player/mp3-maker';
import { t } from '../../../text/text';

type Kind = 'greeting' | 'music' | 'prompt';
const kinds = ['greeting', 'music'] as const;

interface UploadDialogProps {
  readonly kind: Kind;
  /** One of our own texts that it stands for from now on. */
  readonly replaces?: { readonly prompt: string; readonly language: Language; readonly text: string };
  readonly onClose: () => void;
  readonly onDone?: (sound: { readonly id: string }) => void;
}

export function UploadDialog({ kind: firstKind, replaces, onClose, onDone }: UploadDialogProps) {
  const upload = useUpload();
  const [file, setFile] = useState<File>();
  const [name, setName] = useState(replaces ? `${replaces.prompt} (${replaces.language})` : '');
  const [kind, setKind] = useState(firstKind);
  const hasConverter = useHasMp3Maker(true);
  const sent = async () => {
    const sound = file && (await upload.send({ file, name: name.trim(), kind, replaces }));
    if (!sound) return;
    onDone?.(sound);
    onClose();
    notify('done', t('sounds.uploaded', { name: sound.name }));
  };
  const refused = fieldProblem(upload.error, 'body');
  const unreadable = upload.unreadable ? t('sounds.unreadable') : undefined;
  const pick = (picked: File | undefined) => {
    setFile(picked);
    upload.forget();
    if (picked && name === '') setName(picked.name.replace(/\.\w{1,5}$/, '').slice(0, 100));
  };
  return (
    <Dialog title={t(replaces ? 'sounds.replace' : 'sounds.upload')} onClose={onClose}>
      <Form
        onSubmit={() => void sent()}
        submit={t('sounds.send')}
        busy={upload.isBusy}
        error={refused === undefined ? upload.error : undefined}
        onCancel={onClose}
      >
        {replaces && <p className="dialog-text">{t('sounds.replaces', { text: replaces.text })}</p>}
        <InputField
          label={t('sounds.file')}
          type="file"
          accept={hasConverter ? 'audio/*,video/mp4,.wav' : '.wav,audio/wav'}
          required
          hint={t(hasConverter ? 'sounds.any-file' : 'sounds.wav-file')}
          wrong={refused === undefined ? unreadable : t('sounds.file-wrong', { why: refused })}
          onChange={(event) => pick(event.target.files?.[0])}
        />
        <InputField
          label={t('card.name')}
          value={name}
          maxLength={100}
          required
          onChange={(event) => setName(event.target.value)}
        />
        {!replaces && <KindField kind={kind} onChange={setKind} />}
      </Form>
    </Dialog>
  );
}

function KindField({ kind, onChange }: { readonly kind: Kind; readonly onChange: (kind: Kind) => void }) {
  return (
    <SelectField
      label={t('sounds.kind')}
      value={kind}
      onChange={(event) => onChange(kinds.find((each) => each === event.target.value) ?? 'greeting')}
    >
      {kinds.map((each) => (
        <option key={each} value={each}>
          {t(`sound-kind.${each}`)}
        </option>
      ))}
    </SelectField>
  );
}

interface Upload {
  readonly file: File;
  readonly name: string;
  readonly kind: Kind;
  readonly replaces: { readonly prompt: string; readonly language: Language } | undefined;
}

/** Converts where it is needed (the converter is loaded only then), and sends. */
function useUpload() {
  const upload = useUploadSound();
  const [isConverting, setConverting] = useState(false);
  const [unreadable, setUnreadable] = useState(false);
  const send = async ({ file, name, kind, replaces }: Upload) => {
    const wav = await wavOf(file);
    if (wav === undefined) return undefined;
    const of = replaces && { prompt: replaces.prompt, language: replaces.language };
    return upload.mutateAsync({ wav, name, kind, replaces: of }).catch(() => undefined); // its error is shown
  };
  const wavOf = async (file: File): Promise<Blob | undefined> => {
    setConverting(true);
    setUnreadable(false);
    try {
      const { toWav } = await import('./to-wav');
      return await toWav(file);
    } catch {
      setUnreadable(true);
      return undefined;
    } finally {
      setConverting(false);
    }
  };
  const forget = () => {
    setUnreadable(false);
    upload.reset();
  };
  return { send, forget, unreadable, isBusy: isConverting || upload.isPending, error: upload.error };
}
