/** Our own texts in one language: each can be heard, and replaced by a sound of the office; taken away, ours is heard again. */
import { useState } from 'react';
import type { Language, Sound } from '../../../../../call-router/state/office';
import { useOffice, useRemoveOffice } from '../../../api/office';
import { type OwnPrompt, promptPath, soundPath, useOwnPrompts } from '../../../api/sounds';
import { Button } from '../../../parts/button';
import { InputField } from '../../../parts/field';
import { PlayButton } from '../../../parts/play-button';
import { RemoveButton } from '../../../parts/remove-button';
import { Table } from '../../../parts/table';
import { t } from '../../../text/text';
import { LanguageSelect } from '../language-select';
import { useOfficeLanguage } from '../prompt-field';
import { UploadDialog } from './upload-dialog';

export function OwnTexts() {
  const texts = useOwnPrompts();
  const [chosen, setLanguage] = useState<Language>();
  const [typed, setTyped] = useState('');
  const [replaced, setReplaced] = useState<OwnPrompt>();
  const officeLanguage = useOfficeLanguage();
  const language = chosen ?? officeLanguage;
  const wanted = typed.trim().toLowerCase();
  const shown = texts.data?.filter(({ name, texts: said }) =>
    `${name} ${said[language]}`.toLowerCase().includes(wanted),
  );
  return (
    <>
      <div className="form-grid own-texts-filter">
        <LanguageSelect label={t('sounds.language')} value={language} onChange={setLanguage} />
        <InputField
          label={t('sounds.find')}
          type="search"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      </div>
      <Table<OwnPrompt>
        label={t('sounds.own-texts')}
        query={{ ...texts, data: shown }}
        heads={[t('sounds.text'), t('sounds.replaced-by'), '']}
        empty={t('filter.nothing')}
        emptyWhy={t('filter.nothing-why')}
        row={(text) => <TextRow key={text.name} text={text} language={language} onReplace={() => setReplaced(text)} />}
      />
      {replaced && (
        <UploadDialog
          kind="prompt"
          replaces={{ prompt: replaced.name, language, text: replaced.texts[language] }}
          onClose={() => setReplaced(undefined)}
        />
      )}
    </>
  );
}

interface TextRowProps {
  readonly text: OwnPrompt;
  readonly language: Language;
  readonly onReplace: () => void;
}

function TextRow({ text, language, onReplace }: TextRowProps) {
  const remove = useRemoveOffice('sounds');
  const sound = useReplacement(text.name, language);
  const said = text.texts[language];
  return (
    <tr>
      <td>
        <span className="own-text">
          <PlayButton src={promptPath(text.name, language)} name={said} /> {said}
        </span>
      </td>
      <td>
        {sound && (
          <span className="own-text">
            <PlayButton src={soundPath(sound.id)} name={sound.name} /> {sound.name}
          </span>
        )}
      </td>
      <td className="table-action">
        {sound ? (
          <RemoveButton name={sound.name} text={t('sounds.restore-why')} remove={remove} id={sound.id} />
        ) : (
          <Button look="quiet" icon="upload" aria-label={t('sounds.replace-named', { text: said })} onClick={onReplace}>
            {t('sounds.replace-short')}
          </Button>
        )}
      </td>
    </tr>
  );
}

function useReplacement(prompt: string, language: Language): Sound | undefined {
  return useOffice('sounds').data?.find(
    ({ kind, replaces }) => kind === 'prompt' && replaces?.prompt === prompt && replaces.language === language,
  );
}
