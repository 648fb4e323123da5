/** Sounds: greetings and music that were uploaded, and our own texts, each of which can be replaced in each language. */
import { useState } from 'react';
import type { Sound } from '../../../../../call-router/state/office';
import { useOffice, useRemoveOffice } from '../../../api/office';
import { ownMusicPath, soundPath } from '../../../api/sounds';
import { Button } from '../../../parts/button';
import { FormSection } from '../../../parts/page-form';
import { PlayButton } from '../../../parts/play-button';
import { RemoveButton } from '../../../parts/remove-button';
import { Table } from '../../../parts/table';
import { t } from '../../../text/text';
import { duration } from '../../../text/times';
import { SettingsHead } from '../settings-head';
import { OwnTexts } from './own-texts';
import { UploadDialog } from './upload-dialog';

export default function Sounds() {
  const [isUploading, setUploading] = useState(false);
  return (
    <>
      <SettingsHead title={t('settings.sounds')} why={t('sounds.why')}>
        <Button look="main" icon="upload" onClick={() => setUploading(true)}>
          {t('sounds.upload')}
        </Button>
      </SettingsHead>
      <div className="compact">
        <Uploaded />
      </div>
      <p className="own-music">
        <PlayButton src={ownMusicPath} name={t('sounds.own-music')} /> {t('sounds.own-music')}
      </p>
      <FormSection title={t('sounds.own-texts')} why={t('sounds.own-texts-why')}>
        <OwnTexts />
      </FormSection>
      {isUploading && <UploadDialog kind="greeting" onClose={() => setUploading(false)} />}
    </>
  );
}

function Uploaded() {
  const sounds = useOffice('sounds');
  const remove = useRemoveOffice('sounds');
  const rows = { ...sounds, data: sounds.data?.filter(({ kind }) => kind !== 'prompt') };
  return (
    <Table<Sound>
      label={t('settings.sounds')}
      query={rows}
      heads={[t('card.name'), t('sounds.kind'), t('sounds.length'), '']}
      empty={t('sounds.none')}
      emptyWhy={t('sounds.none-why')}
      row={(sound) => (
        <tr key={sound.id}>
          <td>
            <PlayButton src={soundPath(sound.id)} name={sound.name} /> {sound.name}
          </td>
          <td>{t(`sound-kind.${sound.kind}`)}</td>
          <td className="num">{duration(sound.durationMs)}</td>
          <td className="table-action">
            <RemoveButton name={sound.name} text={t('sounds.remove-why')} remove={remove} id={sound.id} />
          </td>
        </tr>
      )}
    />
  );
}
