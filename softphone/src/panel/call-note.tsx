/** A note on the call and how it turned out: saved with the call when typing rests or the field is left, during the call and after it. */
import { useEffect, useState } from 'react';
import { useSaveNotes, useWritten } from '../api/call-notes';
import { FormProblem } from '../parts/states';
import { t } from '../text/text';
import { OutcomeSelect } from './outcome-select';
import { RestingSave } from './resting-save';

const noteLengthMax = 2_000;

export function CallNote({ callId }: { readonly callId: string }) {
  const save = useSaveNotes(callId);
  const written = useWritten(callId).data;
  const [typed, setTyped] = useState<string>();
  const [chosen, setChosen] = useState<string>();
  const { mutate } = save;
  const [resting] = useState(() => new RestingSave((note) => mutate({ note })));
  useEffect(() => resting.flush, [resting]);
  const type = (next: string): void => {
    setTyped(next);
    resting.type(next);
  };
  const text = typed ?? written?.note ?? '';
  const isSaved = save.isSuccess && (save.variables.note ?? text.trim()) === text.trim();
  const choose = (outcome: string): void => {
    setChosen(outcome);
    save.mutate({ outcome });
  };
  return (
    <div className="call-note">
      <textarea
        className="input"
        rows={2}
        maxLength={noteLengthMax}
        aria-label={t('phone.note')}
        placeholder={t('phone.note')}
        value={text}
        onChange={(event) => type(event.target.value)}
        onBlur={resting.flush}
      />
      <div className="call-note-line">
        <OutcomeSelect value={chosen ?? written?.outcome ?? ''} written={written} onChange={choose} />
        <span role="status" className="dim">
          {isSaved ? t('card.saved') : ''}
        </span>
      </div>
      <FormProblem error={save.error} />
    </div>
  );
}
